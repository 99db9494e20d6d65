package io.sluice.testing.run.model;

import io.sluice.review.Verdict;
import io.sluice.testing.run.Outcome;
import io.sluice.validation.ReviewStatus;
import org.jspecify.annotations.Nullable;

/// What validation and people make of an execution.
///
/// @param outcome null: nobody knows yet
/// @param reviewPending whether a person has yet to decide
public record Judged(@Nullable Outcome outcome, boolean reviewPending) {
  /// By validation alone. What fails by itself has failed until a person says otherwise; what is
  /// doubtful has no outcome until then.
  ///
  /// @param attempts more than one make a pass flaky
  public static Judged by(ReviewStatus status, int attempts) {
    return switch (status) {
      case AUTO_PASS -> new Judged(passed(attempts), false);
      case NEEDS_REVIEW -> new Judged(null, true);
      case AUTO_FAIL -> new Judged(Outcome.FAILED, true);
    };
  }

  /// By a person. An edge case is neither right nor wrong: it does not count.
  public static Judged by(Verdict verdict, int attempts) {
    return switch (verdict) {
      case PASS -> new Judged(passed(attempts), false);
      case FAIL -> new Judged(Outcome.FAILED, false);
      case EDGE_CASE -> new Judged(Outcome.SKIPPED, false);
    };
  }

  /// The priority with which a person is asked; lower is more urgent.
  public static int priority(ReviewStatus status) {
    return switch (status) {
      case AUTO_FAIL -> 2;
      case NEEDS_REVIEW -> 5;
      case AUTO_PASS -> 9;
    };
  }

  /// A pass behind a failed attempt is flaky.
  public static Outcome passed(int attempts) {
    return attempts > 1 ? Outcome.FLAKY : Outcome.PASSED;
  }
}
