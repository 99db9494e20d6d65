package io.sluice.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a step is run.
///
/// @param retry attempts of the step itself, counted apart from the job's. With [RetryPolicy#NONE],
///   the default, a transient failure fails the attempt of the job, and the job's policy decides
/// @param timeout the body is interrupted after this time, which counts as a transient failure;
///   null: no limit but the job's
/// @param last nothing that has an effect comes after it: its success is recorded in the commit
///   that ends the job, which saves one. If something does come after it, or the job does not end
///   well, it is recorded before that. Until then a crash repeats it, as one before any record does
public record StepOptions(RetryPolicy retry, @Nullable Duration timeout, boolean last) {
  /// One attempt, no time limit of its own.
  public static final StepOptions DEFAULT = new StepOptions(RetryPolicy.NONE, null, false);

  /// A step with a retry policy of its own.
  public static StepOptions retrying(RetryPolicy retry) {
    return new StepOptions(retry, null, false);
  }

  /// The same with a time limit an attempt.
  public StepOptions within(Duration limit) {
    return new StepOptions(retry, limit, last);
  }

  /// The same for the last step of a job.
  public StepOptions asLast() {
    return new StepOptions(retry, timeout, true);
  }
}
