package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.engine.StepRef;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.ExecutionRequest.Options;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Executions.Fork;
import io.sluice.workflow.Executions.Forked;
import io.sluice.workflow.Reference;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.model.watching.ForkPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Begins executions with what steps of other ones have recorded.
@Component
class Forker {
  private final Starter starter;
  private final StepReader reader;
  private final Versions versions;
  private final Operations operations;

  Forker(Starter starter, StepReader reader, Versions versions, Operations operations) {
    this.starter = starter;
    this.reader = reader;
    this.versions = versions;
    this.operations = operations;
  }

  /// A fork that could be begun.
  record Prepared(JobId original, Starter.Prepared start, ForkPlan plan, Fork wish) {}

  Prepared prepare(TenantId tenant, JobView original, ExecutionView view, Fork wish, String who) {
    var old = reader.version(tenant, original);
    var version = wish.version() == null ? old : other(tenant, old, wish.version());
    var plan = plan(old, version, wish);
    var input = wish.keepInput() ? reader.input(original).input() : wish.input();
    var request =
        new ExecutionRequest(
            new Reference(version.name(), version.number(), null),
            input,
            null,
            new Options(null, null, view.labels()),
            Starter.forked(view.id(), wish.fromStep(), who));
    return new Prepared(original.id(), starter.prepare(tenant, version, request), plan, wish);
  }

  private Versions.Found other(TenantId tenant, Versions.Found old, int number) {
    UUID workflow = old.workflow();
    if (workflow == null) {
      throw new ExecutionProblem.BadRequest(
          "/version", "can not be chosen: the definition came with the request");
    }
    return versions.resolve(tenant, new Reference(workflow.toString(), number, null));
  }

  private static ForkPlan plan(Versions.Found old, Versions.Found version, Fork wish) {
    var again = new LinkedHashSet<String>();
    again.add(wish.fromStep());
    again.addAll(wish.outputs().keySet());
    var plan = ForkPlan.of(old.json(), version.definition(), version.json(), again);
    if (!plan.known().contains(wish.fromStep())) {
      throw new ExecutionProblem.UnknownStep(wish.fromStep(), plan.known());
    }
    for (var step : wish.outputs().keySet()) {
      if (!plan.known().contains(step)) {
        throw new ExecutionProblem.BadRequest(
            "/outputs/" + step, "is no step that could be given an output");
      }
    }
    return plan;
  }

  Forked fork(Tx tx, Prepared prepared) {
    var started = starter.start(tx, prepared.start());
    var id = new JobId(started.id());
    var plan = prepared.plan();
    operations.carryOver(tx, prepared.original(), id, records(plan));
    prepared
        .wish()
        .outputs()
        .forEach((step, output) -> operations.plant(tx, id, StepRef.root(step), given(output)));
    return new Forked(started.id(), List.copyOf(plan.carried()), List.copyOf(plan.differing()));
  }

  private static List<StepRef> records(ForkPlan plan) {
    var records = new ArrayList<StepRef>();
    for (var step : plan.carried()) {
      records.add(StepRef.root(step));
      records.add(StepRef.root(step + StepOutcome.BEGUN));
    }
    // The branch that was taken is taken again: a step inside of it is what the fork begins at.
    plan.entered().forEach(step -> records.add(StepRef.root(step + StepOutcome.BEGUN)));
    return records;
  }

  private static StepOutcome given(@Nullable Object output) {
    return new StepOutcome(StepOutcome.Status.COMPLETED, output, null, null, null, null);
  }
}
