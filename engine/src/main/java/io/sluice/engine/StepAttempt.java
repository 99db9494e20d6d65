package io.sluice.engine;

import java.util.Optional;

/// Which attempt of its step runs on this thread: a body that decides by itself what is worth
/// another attempt asks for it.
///
/// @param number from 1, counted over all runs of the job
public record StepAttempt(int number) {
  private static final ScopedValue<StepAttempt> CURRENT = ScopedValue.newInstance();

  /// The attempt that this code runs in; empty outside of steps.
  public static Optional<StepAttempt> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Runs a step's body as this attempt. Called by the engine.
  public <T> T around(ScopedValue.CallableOp<T, Exception> body) throws Exception {
    return ScopedValue.where(CURRENT, this).call(body);
  }
}
