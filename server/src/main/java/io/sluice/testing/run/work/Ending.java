package io.sluice.testing.run.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.JobHandler;
import io.sluice.review.Reviews;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns.Completion;
import io.sluice.testing.run.model.ExecutionMove;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.RevisionStore;
import io.sluice.testing.run.store.RunStore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Ends runs: once each, whoever comes first.
@Component
class Ending {
  private final RunStore runs;
  private final ExecutionStore executions;
  private final RevisionStore revisions;
  private final Announcements announcements;
  private final ObjectProvider<Jobs> jobs;
  private final ObjectProvider<JobHandler<?, ?>> handlers;
  private final ObjectProvider<Reviews> reviews;
  private final IdSource ids;
  private final JsonMapper json;

  Ending(
      RunStore runs,
      ExecutionStore executions,
      RevisionStore revisions,
      Announcements announcements,
      ObjectProvider<Jobs> jobs,
      ObjectProvider<JobHandler<?, ?>> handlers,
      ObjectProvider<Reviews> reviews,
      IdSource ids,
      JsonMapper json) {
    this.runs = runs;
    this.executions = executions;
    this.revisions = revisions;
    this.announcements = announcements;
    this.jobs = jobs;
    this.handlers = handlers;
    this.reviews = reviews;
    this.ids = ids;
    this.json = json;
  }

  /// Completes a run, and enqueues what is to follow it. What has not ended by now has lost its
  /// job, or the request that should have carried it out.
  ///
  /// @return its status: another one if somebody else has ended it
  String complete(Tx tx, TenantId tenant, UUID run, String who) {
    var plan = runs.lock(tenant, run).orElseThrow(() -> new RunProblem.UnknownRun(run));
    if (!plan.status().equals("running")) {
      return plan.status();
    }
    var lost = executions.open(run);
    if (!lost.isEmpty()) {
      executions.move(
          lost,
          Collections.nCopies(lost.size(), "its job ended without a result"),
          ExecutionMove.GIVE_UP,
          Outcome.ERROR,
          who);
    }
    runs.end(run, "completed", null, null);
    revise(run, "completed", who);
    if (plan.completion() != null) {
      runs.completionJob(run, enqueue(tx, tenant, plan.completion()));
    }
    announce(tx, tenant, run);
    return "completed";
  }

  /// Cancels a run, what of it has not ended, and what people were asked about it. Reviews before
  /// the run, as whoever decides locks them.
  void cancel(Tx tx, TenantId tenant, UUID run, String who) {
    if (!cancellable(runs.plan(tenant, run), run)) {
      return;
    }
    withdraw(tx, tenant, run);
    if (!cancellable(runs.lock(tenant, run), run)) {
      return;
    }
    executions.unask(run, "the run was cancelled before a person had decided");
    var open = executions.open(run);
    if (!open.isEmpty()) {
      executions.move(
          open,
          Collections.nCopies(open.size(), "the run was cancelled"),
          ExecutionMove.CANCEL,
          null,
          who);
    }
    runs.end(run, "cancelled", null, null);
    revise(run, "cancelled", who);
    announce(tx, tenant, run);
  }

  /// @return false if it is cancelled already
  private static boolean cancellable(Optional<RunStore.Plan> plan, UUID run) {
    return switch (plan.orElseThrow(() -> new RunProblem.UnknownRun(run)).status()) {
      case "pending", "running" -> true;
      case "cancelled" -> false;
      case String ended ->
          throw new RunProblem.NotNow("Test run %s has ended: it is %s".formatted(run, ended));
    };
  }

  /// Takes back what people were asked about a run.
  void withdraw(Tx tx, TenantId tenant, UUID run) {
    reviews.getObject().withdraw(tx, tenant, executions.subjects(run));
  }

  private void revise(UUID run, String cause, String who) {
    revisions.add(new RevisionStore.New(ids.next(), run, cause, null, null, null, who, null));
  }

  private void announce(Tx tx, TenantId tenant, UUID run) {
    RunView view = runs.find(tenant, run).orElseThrow();
    var payload = new LinkedHashMap<String, Object>();
    payload.put("status", view.status());
    if (view.outcome() != null) {
      payload.put("outcome", view.outcome());
    }
    payload.put("name", view.name());
    payload.put("counters", view.counters());
    announcements.tell(tx, tenant, run, "test.run." + view.status(), payload);
  }

  /// Refuses a kind that there is not, and an input that it does not read.
  void check(Completion completion) {
    read(handler(completion.kind()).kind(), completion);
  }

  private UUID enqueue(Tx tx, TenantId tenant, Completion completion) {
    return enqueue(tx, tenant, handler(completion.kind()).kind(), completion);
  }

  private <I, O extends @Nullable Object> UUID enqueue(
      Tx tx, TenantId tenant, Kind<I, O> kind, Completion completion) {
    return jobs.getObject()
        .enqueue(tx, kind, read(kind, completion), EnqueueOptions.of(tenant))
        .job()
        .value();
  }

  private <I> I read(Kind<I, ?> kind, Completion completion) {
    try {
      return json.treeToValue(completion.input(), kind.input());
    } catch (JacksonException e) {
      throw new RunProblem.Invalid(
          "/completion/input", "does not fit jobs of kind '" + kind.name() + "'");
    }
  }

  private JobHandler<?, ?> handler(String kind) {
    return handlers.stream()
        .filter(handler -> handler.kind().name().equals(kind))
        .findFirst()
        .orElseThrow(() ->
            new RunProblem.Invalid(
                "/completion/kind", "is no kind of job that this server knows: '" + kind + "'"));
  }
}
