package io.sluice.workflow.work;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.GraphNode;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepAttempt;
import io.sluice.engine.StepFailed;
import io.sluice.engine.StepOptions;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.StepOutcome.Status;
import io.sluice.workflow.model.OnError;
import io.sluice.workflow.model.Retry;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.steps.StepTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs blocks: a graph of the engine's for each, a record for each step.
final class Blocks {
  private final Machinery machinery;
  private final Outcomes outcomes;
  private final Composite composite;

  Blocks(Machinery machinery) {
    this.machinery = machinery;
    this.outcomes = new Outcomes(machinery);
    this.composite = new Composite(machinery, outcomes, this);
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /// Runs a block.
  ///
  /// @return the output of its last step
  /// @throws PermanentFailure as the first step that failed for good and was not handled
  @Nullable Object run(Run run, List<Step> steps) {
    if (steps.isEmpty()) {
      return null;
    }
    var block = run.plan().block(steps);
    var nodes =
        block.steps().stream()
            .map(step ->
                new GraphNode(
                    step.id(),
                    Objects.requireNonNull(block.before().get(step.id())),
                    () -> step(run, step, run.isItemJob() && step.id().equals(block.sink()))))
            .toList();
    run.job().graph(nodes, run.concurrency());
    return run.variables().output(block.last());
  }

  /// One step, from its turn to its end.
  ///
  /// @param last nothing that has an effect comes after it in its job
  private void step(Run run, Step step, boolean last) {
    try {
      var outcome = outcome(run, step, last);
      if (outcome.status() == Status.FAILED && step.onError() instanceof OnError.Handle handle) {
        outcome = handle(run, step, outcome, handle);
      }
      ended(run, step, outcome);
    } catch (PermanentFailure e) {
      run.failure().compareAndSet(null, e);
      throw e;
    } catch (EngineProblem e) {
      if (e.retryable()) {
        throw e;
      }
      var failure = new PermanentFailure(e.code(), String.valueOf(e.getMessage()), e);
      run.failure().compareAndSet(null, failure);
      throw failure;
    }
  }

  private StepOutcome outcome(Run run, Step step, boolean last) {
    if (!step.config().blocks().isEmpty()) {
      var until = until(run, step, true);
      return run.job()
          .step(run.name(step), StepOutcome.class, () -> composite.run(run, step, until));
    }
    if (StepTypes.waits(step.config())) {
      var until = until(run, step, true);
      return run.job().step(run.name(step), StepOutcome.class, () -> waits(run, step, until));
    }
    var until = until(run, step, step.retry() != null);
    return run.job()
        .step(
            run.name(step),
            StepOutcome.class,
            last ? options(step).asLast() : options(step),
            () -> attempt(run, step, until));
  }

  /// When the step's time is over. It counts from its first attempt, which is recorded where there
  /// may be another, or another run of the job.
  private @Nullable Instant until(Run run, Step step, boolean recorded) {
    if (step.timeout() == null) {
      return null;
    }
    var now = machinery.clock().instant();
    var started =
        recorded ? run.job().step(run.name(step) + "#started", Instant.class, () -> now) : now;
    return started.plus(step.timeout());
  }

  /// The engine counts the attempts and keeps the time between them; which failure deserves another
  /// one is decided in the body, and how long it waits.
  private static StepOptions options(Step step) {
    var retry = step.retry();
    return retry == null || retry.strategy() == Retry.Strategy.NONE || retry.maxAttempts() == 1
        ? StepOptions.DEFAULT
        : StepOptions.retrying(RetryPolicy.fixed(retry.maxAttempts(), Duration.ZERO));
  }

  /// An attempt of a leaf.
  private StepOutcome attempt(Run run, Step step, @Nullable Instant until) throws Exception {
    int attempt = StepAttempt.current().map(StepAttempt::number).orElse(1);
    var call = run.call(step, machinery, attempt, until);
    try {
      return outcomes.begins(run, call)
          ? outcomes.completed(call, machinery.leaves().run(step.config(), call), null)
          : Outcomes.SKIPPED;
    } catch (InterruptedException | StepFailed e) {
      throw e;
    } catch (Exception e) {
      return outcomes.settle(call, e);
    }
  }

  /// A step that may wait for long.
  private StepOutcome waits(Run run, Step step, @Nullable Instant until) throws Exception {
    var call = run.call(step, machinery, 1, until);
    try {
      var begun =
          run.job()
              .step(run.name(step) + StepOutcome.BEGUN, Begun.class, () -> begin(run, step, call));
      return begun.skipped()
          ? Outcomes.SKIPPED
          : outcomes.completed(call, machinery.waiting().end(step.config(), begun, call), null);
    } catch (InterruptedException | StepFailed e) {
      throw e;
    } catch (Exception e) {
      return outcomes.settle(call, e);
    }
  }

  private Begun begin(Run run, Step step, StepCall call) throws Exception {
    return outcomes.begins(run, call)
        ? outcomes.begun(step, machinery.waiting().begin(step.config(), call))
        : new Begun(true, null, null, null, null);
  }

  /// Steps that run in the place of one that failed.
  private StepOutcome handle(Run run, Step step, StepOutcome failed, OnError.Handle handle) {
    var error = Objects.requireNonNull(failed.error());
    var seen = run.variables().with("error", Outcomes.document(error));
    var last = run(run.handling(seen), handle.steps());
    var template = handle.output();
    if (template == null) {
      return new StepOutcome(Status.FAILED, last, null, null, error, null);
    }
    return run.job()
        .step(
            run.name(step) + "#handled",
            StepOutcome.class,
            () -> {
              var output = template.render(seen.at(machinery.clock().instant()));
              outcomes.check(output);
              return new StepOutcome(Status.FAILED, output, null, null, error, null);
            });
  }

  private void ended(Run run, Step step, StepOutcome outcome) {
    run.variables().ended(step.id(), outcome);
    if (outcome.endedAt() != null && outcome.status() == Status.COMPLETED) {
      run.completed().add(new Run.Completed(step, outcome.endedAt()));
    }
    var scope = run.job().scope();
    machinery
        .watcher()
        .ended(scope.isEmpty() ? run.name(step) : scope + "/" + run.name(step), outcome);
  }
}
