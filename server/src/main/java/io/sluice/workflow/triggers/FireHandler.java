package io.sluice.workflow.triggers;

import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.Operations;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.Schedule;
import io.sluice.platform.JobHandler;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.Executions;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.FiringView;
import io.sluice.workflow.TriggerDraft.Overlap;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.store.TriggerRow;
import io.sluice.workflow.triggers.store.TriggerStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Fires triggers, by the clock and by events. It may run again at any time: the firing's key keeps
/// it from starting twice.
@Component
class FireHandler implements JobHandler<FireRequest, FireReceipt> {
  static final Kind<FireRequest, FireReceipt> KIND =
      Kind.of("workflow.trigger.fire", FireRequest.class, FireReceipt.class)
          .inQueue("triggers")
          .withRetry(RetryPolicy.exponential(10, Duration.ofSeconds(1), Duration.ofMinutes(5)))
          .withAttemptTimeout(Duration.ofMinutes(5));

  /// A queued firing is poked when it may go on; this is for pokes that get lost.
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(5);

  /// An execution tells of its end just before it ends.
  private static final Duration LAST_MOMENT = Duration.ofMillis(500);

  private final TriggerStore triggers;
  private final SpringTx transactions;
  private final InstantSource clock;
  private final ObjectProvider<Firings> firings;
  private final ObjectProvider<Executions> executions;
  private final ObjectProvider<Operations> operations;
  private final ObjectProvider<Jobs> jobs;

  /// What needs the engine is asked for when a job runs: the engine needs this first.
  FireHandler(
      TriggerStore triggers,
      SpringTx transactions,
      InstantSource clock,
      ObjectProvider<Firings> firings,
      ObjectProvider<Executions> executions,
      ObjectProvider<Operations> operations,
      ObjectProvider<Jobs> jobs) {
    this.triggers = triggers;
    this.transactions = transactions;
    this.clock = clock;
    this.firings = firings;
    this.executions = executions;
    this.operations = operations;
    this.jobs = jobs;
  }

  @Override
  public Kind<FireRequest, FireReceipt> kind() {
    return KIND;
  }

  @Override
  public FireReceipt run(FireRequest request, JobContext job) {
    var key = new TriggerStore.Key(job.tenant(), request.trigger());
    var cause = cause(request, job);
    while (true) {
      var trigger = triggers.find(key);
      if (trigger.isEmpty()) {
        return new FireReceipt(null, null);
      }
      makeRoom(trigger.get(), cause);
      var fired =
          transactions.in(tx -> firings.getObject().fire(tx, key, cause, job.id()).orElse(null));
      if (fired == null || fired.outcome() != FiringOutcome.QUEUED) {
        return receipt(fired);
      }
      job.rest(clock.instant().plus(LOOK_ANYWAY), "an earlier execution of trigger " + key.id());
    }
  }

  private static FireReceipt receipt(@Nullable FiringView fired) {
    return fired == null
        ? new FireReceipt(null, null)
        : new FireReceipt(fired.outcome().sql(), fired.executionId());
  }

  private Cause cause(FireRequest request, JobContext job) {
    if (request.event() != null) {
      var fields = new LinkedHashMap<String, @Nullable Object>();
      ((Map<?, ?>) java.util.Objects.requireNonNull(request.event().value()))
          .forEach((name, value) -> fields.put(String.valueOf(name), value));
      var id = UUID.fromString(String.valueOf(fields.get("id")));
      return Cause.event(id, request.depth(), fields);
    }
    return operations
        .getObject()
        .job(job.id())
        .flatMap(Schedule::dueOf)
        .map(Cause::time)
        .orElseThrow(() ->
            new PermanentFailure(
                "NOT_DUE", "The job has neither an event nor a time that it was due"));
  }

  /// What runs is cancelled, where the trigger says so, or waited for if it is about to end.
  private void makeRoom(TriggerRow trigger, Cause cause) {
    var rule = trigger.said().schedule();
    if (rule == null || cause.dueAt() == null) {
      return;
    }
    if (rule.overlap() == Overlap.CANCEL_OLD && trigger.enabled()) {
      cancelOld(trigger, cause);
    } else if (rule.overlap() == Overlap.QUEUE
        && firings.getObject().find(trigger.id(), cause.key()).isPresent()) {
      firings.getObject().running(trigger.id()).stream()
          .findFirst()
          .ifPresent(e -> jobs.getObject().result(new JobId(e), Object.class, LAST_MOMENT));
    }
  }

  private void cancelOld(TriggerRow trigger, Cause cause) {
    if (firings.getObject().find(trigger.id(), cause.key()).isPresent()) {
      return;
    }
    for (var execution : firings.getObject().running(trigger.id())) {
      try {
        executions.getObject().cancel(trigger.tenant(), execution, "trigger " + trigger.name());
      } catch (ExecutionProblem _) {
        // It has just ended.
      }
    }
  }
}
