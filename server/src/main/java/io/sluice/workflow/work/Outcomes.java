package io.sluice.workflow.work;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.JobError;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.StepFailed;
import io.sluice.engine.TransientFailure;
import io.sluice.platform.Problem;
import io.sluice.platform.TimeLimit;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.StepOutcome.Status;
import io.sluice.workflow.StepOutcome.StepError;
import io.sluice.workflow.model.OnError;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.steps.CarriedFailure;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.StepResult;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.steps.Texts;
import io.sluice.workflow.steps.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of a step: its turn, its result, its failure. Everything here runs inside of the
/// step's body, before it is recorded.
final class Outcomes {
  private static final int SHOWN_INPUT_BYTES = 16 << 10;

  /// A release wakes it at once; whoever misses that, because it was just about to rest, looks
  /// again by itself.
  private static final Duration HELD = Duration.ofMinutes(1);

  /// A step that did not run.
  static final StepOutcome SKIPPED = new StepOutcome(Status.SKIPPED, null, null, null, null, null);

  private final Machinery machinery;

  Outcomes(Machinery machinery) {
    this.machinery = machinery;
  }

  /// Waits until the step may begin.
  ///
  /// @return false if its condition does not hold
  /// @throws StepFailed if something else has failed meanwhile: nothing is recorded
  boolean begins(Run run, StepCall call) {
    goOn(run);
    for (var by = machinery.control().heldBy(run.execution());
        by.isPresent();
        by = machinery.control().heldBy(run.execution())) {
      by = machinery.control().stillHeldBy(run.execution());
      if (by.isPresent()) {
        call.rest(call.time().now().plus(HELD), "held by " + by.get());
      }
      goOn(run);
    }
    call.time().check();
    var condition = call.step().condition();
    return condition == null || condition.test(call.scope());
  }

  private static void goOn(Run run) {
    var failure = run.failed();
    if (failure != null) {
      throw unwinding(failure);
    }
  }

  /// Passes through the engine without a record.
  private static StepFailed unwinding(PermanentFailure failure) {
    return failure instanceof StepFailed failed
        ? failed
        : new StepFailed(
            "",
            new JobError(
                failure.code(),
                String.valueOf(failure.getMessage()),
                java.time.Instant.EPOCH,
                0,
                true,
                null,
                null));
  }

  /// The outcome of a step that ended well.
  StepOutcome completed(StepCall call, StepResult result, @Nullable String branch) {
    var step = call.step();
    var output =
        step.output() == null
            ? result.output()
            : step.output()
                .render(call.variables().withOutput(step.id(), result.output()).at(call.now()));
    if (StepTypes.seesSecrets(step.config())) {
      output = machinery.secrets().redact(output);
    }
    check(output);
    return new StepOutcome(
        Status.COMPLETED,
        output,
        shown(step, result.input()),
        branch,
        null,
        step.compensate().isEmpty() ? null : call.time().now());
  }

  /// What a step has begun with, fit to be recorded.
  Begun begun(Step step, Begun begun) {
    return new Begun(
        false, begun.branch(), begun.until(), begun.state(), shown(step, begun.input()));
  }

  private @Nullable Object shown(Step step, @Nullable Object input) {
    if (input == null || Texts.size(input, SHOWN_INPUT_BYTES) > SHOWN_INPUT_BYTES) {
      return null;
    }
    return StepTypes.seesSecrets(step.config()) ? machinery.secrets().redact(input) : input;
  }

  void check(@Nullable Object output) {
    long most = machinery.limits().maxOutput().toBytes();
    if (output instanceof Map || output instanceof java.util.List || output instanceof String) {
      if (Texts.size(output, most) > most) {
        throw StepFailure.lasting(
            "OUTPUT_TOO_LARGE",
            "The output has more than "
                + machinery.limits().maxOutput()
                + "; keep only what later steps need, by 'extract' or 'output', or raise"
                + " sluice.execution.max-output");
      }
    }
  }

  /// What becomes of a failed attempt.
  ///
  /// @return the outcome, if the step's `onError` handles it
  /// @throws TransientFailure to be tried again
  /// @throws PermanentFailure if it fails the block
  StepOutcome settle(StepCall call, Exception thrown) throws Exception {
    if (thrown instanceof EngineProblem problem && problem.retryable()) {
      throw problem;
    }
    var failure = read(thrown);
    var facts = new Retries.Facts(call.now(), machinery.random());
    var next = Retries.next(call.step().retry(), failure, call.attempt(), facts);
    if (next.isPresent() && !isOver(failure.code())) {
      var delay = call.time().within(next.get());
      throw new TransientFailure(failure.code(), message(failure), thrown, delay);
    }
    var error = new StepError(call.step().id(), failure.code(), message(failure));
    return handled(call, error)
        .orElseThrow(() -> new PermanentFailure(error.errorType(), error.message(), thrown));
  }

  /// The outcome of a failed step whose `onError` lets the execution go on.
  java.util.Optional<StepOutcome> handled(StepCall call, StepError error) {
    if (error.errorType().equals(Time.WORKFLOW_TIMEOUT)) {
      return java.util.Optional.empty();
    }
    return switch (call.step().onError()) {
      case OnError.Fail _ -> java.util.Optional.empty();
      case OnError.Continue(var output) -> {
        var seen = call.variables().with("error", document(error)).at(call.now());
        var value = output == null ? null : output.render(seen);
        check(value);
        yield java.util.Optional.of(failed(error, value));
      }
      case OnError.Handle _ -> java.util.Optional.of(failed(error, null));
    };
  }

  private static StepOutcome failed(StepError error, @Nullable Object output) {
    return new StepOutcome(Status.FAILED, output, null, null, error, null);
  }

  /// `error` of expressions.
  static Map<String, @Nullable Object> document(StepError error) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("step", error.step());
    document.put("errorType", error.errorType());
    document.put("code", error.errorType());
    document.put("message", error.message());
    return document;
  }

  private static boolean isOver(String code) {
    return code.equals(Time.WORKFLOW_TIMEOUT) || code.equals(Time.STEP_TIMEOUT);
  }

  private String message(StepFailure failure) {
    return machinery.secrets().redact(failure.message());
  }

  /// An exception as a failure of a step.
  private static StepFailure read(Throwable thrown) {
    return switch (thrown) {
      case StepFailure failure -> failure;
      case TransientFailure failure ->
          StepFailure.passing(failure.code(), String.valueOf(failure.getMessage()), failure);
      case PermanentFailure failure ->
          StepFailure.lasting(failure.code(), String.valueOf(failure.getMessage()), failure);
      case Problem problem ->
          problem.retryable()
              ? StepFailure.passing(problem.code(), String.valueOf(problem.getMessage()), problem)
              : StepFailure.lasting(problem.code(), String.valueOf(problem.getMessage()), problem);
      case EngineProblem problem ->
          StepFailure.lasting(problem.code(), String.valueOf(problem.getMessage()), problem);
      case TimeLimit.Expired expired ->
          StepFailure.passing("ATTEMPT_TIMEOUT", "The attempt " + expired.getMessage(), expired);
      case CarriedFailure carried -> read(carried.failure());
      default ->
          StepFailure.passing(
              "STEP_ERROR",
              thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage(),
              thrown);
    };
  }
}
