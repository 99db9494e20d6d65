package io.sluice.testing.run.work;

import io.sluice.engine.Kind;
import io.sluice.engine.RetryPolicy;
import io.sluice.platform.Problem;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The kinds of jobs that runs are made of. Others may enqueue them by name.
record Kinds(
    Kind<RunInput, RunReceipt> run,
    Kind<ExecuteInput, ExecuteReceipt> execute,
    Kind<ValidateInput, ValidateReceipt> validate) {
  /// Where executions wait.
  static final String QUEUE = "tests";

  /// Where validations wait: not behind the executions.
  static final String VALIDATIONS = "validations";

  /// A run to carry out.
  record RunInput(@Nullable UUID testRunId) {}

  /// How a run ended.
  record RunReceipt(UUID testRunId, String status) {}

  /// An execution to carry out.
  record ExecuteInput(@Nullable UUID testRunId, @Nullable UUID executionId) {}

  /// What is known of an execution when it has ended.
  ///
  /// @param executionTime seconds
  record ExecuteReceipt(
      UUID executionId,
      UUID testCaseId,
      UUID testRunId,
      String languageCode,
      String status,
      @Nullable Object result,
      @Nullable Double executionTime,
      String message) {}

  /// An execution to validate.
  record ValidateInput(@Nullable UUID executionId) {}

  /// What is known of a validation.
  ///
  /// @param confidenceScore 0 to 100
  record ValidateReceipt(
      UUID validationId,
      UUID executionId,
      double confidenceScore,
      Scores validatorScores,
      String reviewStatus,
      boolean passed,
      String status) {}

  /// The scores of its parts; null: not asked.
  record Scores(@Nullable Double intent, @Nullable Double entity, @Nullable Double semantic) {}

  static Kinds of(RunSettings settings) {
    var first = settings.validationRetry();
    return new Kinds(
        Kind.of("test.run", RunInput.class, RunReceipt.class)
            .inQueue("test-runs")
            .permanentWhen(Kinds::lasting),
        Kind.of("test.execute", ExecuteInput.class, ExecuteReceipt.class)
            .inQueue(QUEUE)
            .withAttemptTimeout(Duration.ofHours(4))
            .permanentWhen(Kinds::lasting),
        Kind.of("test.validate", ValidateInput.class, ValidateReceipt.class)
            .inQueue(VALIDATIONS)
            .withRetry(RetryPolicy.exponential(4, first, first.multipliedBy(4)).withoutJitter())
            .permanentWhen(Kinds::lasting));
  }

  private static boolean lasting(Throwable failure) {
    return failure instanceof Problem problem && !problem.retryable();
  }
}
