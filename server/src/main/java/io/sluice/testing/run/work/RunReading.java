package io.sluice.testing.run.work;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.ValidationView;
import io.sluice.testing.run.model.Comparing;
import io.sluice.testing.run.store.ComparisonStore;
import io.sluice.testing.run.store.ExecutionViewStore;
import io.sluice.testing.run.store.RevisionStore;
import io.sluice.testing.run.store.RunStore;
import io.sluice.testing.run.store.SearchStore;
import io.sluice.testing.run.store.StepStore;
import io.sluice.testing.run.store.ValidationStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What of the door only looks.
abstract class RunReading implements TestRuns {
  private final Reads reads;

  RunReading(Reads reads) {
    this.reads = reads;
  }

  /// What is read.
  @Component
  record Reads(
      RunStore runs,
      ExecutionViewStore executions,
      StepStore steps,
      ValidationStore validations,
      RevisionStore revisions,
      ComparisonStore comparisons,
      SearchStore searches,
      Digests digests) {}

  RunStore runs() {
    return reads.runs();
  }

  @Override
  public RunView get(TenantId tenant, UUID run) {
    return reads.runs().find(tenant, run).orElseThrow(() -> new RunProblem.UnknownRun(run));
  }

  @Override
  public List<RunView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return reads.runs().list(tenant, filter, before, limit);
  }

  @Override
  public List<RevisionLine> revisions(TenantId tenant, UUID run) {
    get(tenant, run);
    return reads.revisions().list(run);
  }

  @Override
  public List<ExecutionView> executions(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID after, int limit) {
    if (filter.run() != null) {
      get(tenant, filter.run());
    }
    return reads.executions().list(tenant, filter, after, limit);
  }

  @Override
  public ExecutionDetail execution(TenantId tenant, UUID execution) {
    var view =
        reads
            .executions()
            .find(tenant, execution)
            .orElseThrow(() -> new RunProblem.UnknownExecution(execution));
    return new ExecutionDetail(
        view,
        reads.steps().steps(execution),
        reads.steps().attempts(execution),
        reads.steps().transitions(execution),
        reads.steps().artifacts(execution));
  }

  @Override
  public Artifact artifact(TenantId tenant, UUID execution, UUID artifact) {
    return reads
        .steps()
        .bytes(tenant, execution, artifact)
        .orElseThrow(() -> new RunProblem.UnknownArtifact(artifact));
  }

  @Override
  public ValidationView validation(TenantId tenant, UUID validation) {
    return reads
        .validations()
        .find(tenant, validation)
        .orElseThrow(() -> new RunProblem.UnknownValidation(validation));
  }

  @Override
  public History history(TenantId tenant, UUID testCase, @Nullable String language, int limit) {
    var rates = reads.executions().rates(tenant, testCase, language);
    var items =
        reads
            .executions()
            .list(tenant, new ExecutionFilter(null, testCase, null, null, language), null, limit);
    return new History(
        testCase,
        rates.all(),
        share(rates.passed(), rates.counted()),
        share(rates.flaky(), rates.counted()),
        items);
  }

  private static @Nullable Double share(long part, long of) {
    return of == 0 ? null : (double) part / of;
  }

  @Override
  public Comparison compare(TenantId tenant, UUID a, UUID b) {
    return Comparing.of(
        get(tenant, a), get(tenant, b), reads.comparisons().cells(a), reads.comparisons().cells(b));
  }

  @Override
  public RunDigest digest(TenantId tenant, UUID run) {
    return reads.digests().of(tenant, run);
  }

  @Override
  public List<RunView> search(TenantId tenant, Search search, @Nullable UUID before, int limit) {
    return reads.searches().runs(tenant, search, before, limit);
  }

  @Override
  public List<ExecutionView> searchExecutions(
      TenantId tenant, Search search, @Nullable UUID before, int limit) {
    return reads.searches().executions(tenant, search, before, limit);
  }

  @Override
  public Optional<UUID> ofJob(TenantId tenant, UUID job) {
    return reads.runs().ofJob(tenant, job);
  }
}
