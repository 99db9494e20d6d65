package io.sluice.guard.work;

import java.time.Instant;

/// What a breaker says to one call.
sealed interface Gate {
  /// It passes, and is counted.
  record Pass() implements Gate {}

  /// It may try, if it gets a permit.
  record Trial(long generation) implements Gate {}

  /// The wait is over: the breaker is to be opened half.
  record Due() implements Gate {}

  /// It waits.
  ///
  /// @param how what the breaker does, for people
  record Wait(String how, Instant until) implements Gate {}
}
