package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.platform.Problem.Fault;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.StepView;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.HumanTask;
import io.sluice.workflow.model.JsonSchema;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.store.ExecutionStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Cancels, holds, lets go, retries and signals executions.
@Component
class Turner {
  /// Wakes an execution that rests because it is held; no step waits for it.
  static final String RESUMED = "sluice.resumed";

  private final ExecutionStore executions;
  private final Watcher watcher;
  private final Jobs jobs;
  private final Operations operations;

  Turner(ExecutionStore executions, Watcher watcher, Jobs jobs, Operations operations) {
    this.executions = executions;
    this.watcher = watcher;
    this.jobs = jobs;
    this.operations = operations;
  }

  void cancel(ExecutionView execution, String who) {
    if (execution.status().ended() || jobs.cancel(new JobId(execution.id()), who) == 0) {
      throw ended(execution.id(), "cancel");
    }
  }

  /// @return false if it is held already
  boolean pause(TenantId tenant, ExecutionView execution, String who) {
    if (execution.status().ended()) {
      throw ended(execution.id(), "pause");
    }
    return executions.hold(tenant, execution.id(), who);
  }

  /// @return false if it is not held
  boolean resume(TenantId tenant, UUID id) {
    boolean held = executions.letGo(tenant, id);
    if (held) {
      jobs.signal(new JobId(id), RESUMED, null);
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
    if (watcher.compensated(tenant, job)) {
      throw new ExecutionProblem.Compensated(id);
    }
    if (!operations.retry(job.id(), who)) {
      throw new ExecutionProblem.NotNow(id, "has just been retried by somebody else");
    }
  }

  void signal(TenantId tenant, JobView job, String name, @Nullable Object payload) {
    var waiting =
        watcher.steps(tenant, job).stream()
            .filter(s -> s.state() == StepView.State.WAITING || s.state() == StepView.State.RUNNING)
            .map(StepView::id)
            .toList();
    task(watcher.version(tenant, job).definition(), name)
        .filter(step -> waiting.contains(step.id()))
        .ifPresent(step -> check((HumanTask) step.config(), step.id(), payload));
    if (!jobs.signal(job.id(), name, payload)) {
      throw ended(job.id().value(), "signal");
    }
  }

  private static void check(HumanTask task, String step, @Nullable Object answer) {
    var misfits = JsonSchema.of(task.form()).check(answer);
    if (!misfits.isEmpty()) {
      throw new ExecutionProblem.BadInput(
          "The answer to task '" + step + "'",
          misfits.stream().map(m -> new Fault(m.pointer(), m.message())).toList());
    }
  }

  /// The task that a signal of that name is an answer to.
  private static Optional<Step> task(Definition definition, String signal) {
    return task(definition.steps(), signal);
  }

  private static Optional<Step> task(List<Step> steps, String signal) {
    for (var step : steps) {
      if (step.config() instanceof HumanTask && step.id().equals(signal)) {
        return Optional.of(step);
      }
      for (var block : step.config().blocks()) {
        var below = task(block.steps(), signal);
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return Optional.empty();
  }

  private static ExecutionProblem.NotNow ended(UUID id, String verb) {
    return new ExecutionProblem.NotNow(id, "has ended: there is nothing to " + verb);
  }
}
