package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Executions.Address;
import io.sluice.workflow.Signals;
import io.sluice.workflow.model.HumanTask;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.store.ExecutionStore;
import io.sluice.workflow.store.HeldStore;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Cancels, holds, lets go, retries and signals executions.
@Component
class Turner {
  /// Wakes an execution that rests because it is held; no step waits for it.
  static final String RESUMED = "sluice.resumed";

  private final ExecutionStore executions;
  private final StepReader reader;
  private final TaskAnswers answers;
  private final TaskSweep sweep;
  private final Holds holds;
  private final HeldStore resting;
  private final Jobs jobs;
  private final Retrial retrial;
  private final Announcements announcements;
  private final InstantSource clock;

  Turner(
      ExecutionStore executions,
      StepReader reader,
      TaskAnswers answers,
      TaskSweep sweep,
      Holds holds,
      HeldStore resting,
      Jobs jobs,
      Retrial retrial,
      Announcements announcements,
      InstantSource clock) {
    this.executions = executions;
    this.reader = reader;
    this.answers = answers;
    this.sweep = sweep;
    this.holds = holds;
    this.resting = resting;
    this.jobs = jobs;
    this.retrial = retrial;
    this.announcements = announcements;
    this.clock = clock;
  }

  void cancel(TenantId tenant, ExecutionView execution, String who) {
    if (execution.status().ended() || jobs.cancel(new JobId(execution.id()), who) == 0) {
      throw ended(execution.id(), "cancel");
    }
    announcements.cancelled(tenant, execution, who);
    sweep.sweep();
  }

  /// @return false if it is held already
  boolean pause(TenantId tenant, ExecutionView execution, String who) {
    if (execution.status().ended()) {
      throw ended(execution.id(), "pause");
    }
    boolean changed = executions.hold(tenant, execution.id(), who);
    holds.lookAgain();
    return changed;
  }

  /// @return false if it is not held
  boolean resume(TenantId tenant, UUID id) {
    boolean held = executions.letGo(tenant, id);
    if (held) {
      holds.lookAgain();
      // Those below it rest with it; one that has ended meanwhile needs no waking.
      resting.below(id).forEach(job -> jobs.signal(new JobId(job), RESUMED, null));
    }
    return held;
  }

  void retry(TenantId tenant, JobView job, ExecutionStatus status, String who) {
    var id = job.id().value();
    switch (status) {
      case FAILED, TIMED_OUT, CANCELLED -> {}
      case COMPLETED ->
          throw new ExecutionProblem.NotNow(
              id, "has completed: there is nothing to retry. Fork it to run steps of it again");
      case PENDING, QUEUED, RUNNING, WAITING ->
          throw new ExecutionProblem.NotNow(
              id, "has not ended: there is nothing to retry. Wait for it, or cancel it first");
    }
    if (reader.compensated(job)) {
      throw new ExecutionProblem.Compensated(id);
    }
    var timeout = reader.version(tenant, job).definition().timeout();
    if (timeout != null && reader.input(job).startedAt().plus(timeout).isBefore(clock.instant())) {
      throw new ExecutionProblem.NotNow(
          id,
          "has no time left: its workflow allows " + timeout + ". Fork it from the failed step");
    }
    if (!retrial.retry(tenant, job, who)) {
      throw new ExecutionProblem.NotNow(id, "has just been retried by somebody else");
    }
  }

  /// A signal that is an answer to a task, or a verdict, reaches that; any other one whatever step
  /// waits for it by its name, now or later.
  void signal(TenantId tenant, JobView job, Address to, @Nullable Object payload) {
    while (!answers.signal(job.id().value(), to.name(), to.items(), payload)) {
      if (!to.items().isEmpty()) {
        throw new ExecutionProblem.NotNow(
            job.id().value(),
            "has no step '"
                + to.name()
                + "' in item "
                + to.items()
                + " that waits for an answer now; look at its items");
      }
      if (sent(tenant, job, to.name(), payload)) {
        return;
      }
    }
  }

  /// @return false if a step has begun to wait meanwhile
  private boolean sent(TenantId tenant, JobView job, String name, @Nullable Object payload) {
    var definition = reader.version(tenant, job).definition();
    var id = Tasks.stepOf(name);
    var asked = Tasks.find(definition, id).filter(step -> StepTypes.asks(step.config()));
    // Behind a task that is over, a WAIT may be for a signal of the same name.
    if (asked.isEmpty() || Tasks.waitsForSignals(definition) && over(tenant, job, id)) {
      if (!jobs.signal(job.id(), Signals.named(name), new Signals.Payload(payload))) {
        throw ended(job.id().value(), "signal");
      }
      return true;
    }
    if (Tasks.loops(definition, id) > 0) {
      throw new ExecutionProblem.BadRequest(
          "/item", "must say which item: step '" + name + "' is in a FOR_EACH");
    }
    answers.check(reader.input(job).versionId(), name, payload, "");
    var signal =
        asked.get().config() instanceof HumanTask ? Signals.task(name) : Signals.review(name);
    return answers.early(job.id(), name, signal, payload);
  }

  private boolean over(TenantId tenant, JobView job, String step) {
    return reader.steps(tenant, job).stream()
        .anyMatch(s -> s.id().equals(step) && s.state().over());
  }

  private static ExecutionProblem.NotNow ended(UUID id, String verb) {
    return new ExecutionProblem.NotNow(id, "has ended: there is nothing to " + verb);
  }
}
