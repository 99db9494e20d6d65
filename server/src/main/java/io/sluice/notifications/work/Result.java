package io.sluice.notifications.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of an attempt.
sealed interface Result {
  /// The receiver took it.
  record Taken() implements Result {}

  /// It may be taken another time.
  ///
  /// @param after not before so much time; null: the receiver has not said
  record Failed(String code, String words, @Nullable Duration after) implements Result {}

  /// It will not be taken until somebody changes something.
  record Refused(String code, String words) implements Result {}
}
