package io.sluice.engine;

import java.util.Optional;

/// The idempotency key of the step that runs on this thread: the same for every run of the same
/// step of the same job, and for no other. An outbound call sends it, so that the other side can
/// tell a repeat.
///
/// @param value `<job id>/<scope>/<name>`
public record StepKey(String value) {
  private static final ScopedValue<StepKey> CURRENT = ScopedValue.newInstance();

  /// The key of the step that this code runs in; empty outside of steps.
  public static Optional<StepKey> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// The key of a step.
  public static StepKey of(JobId job, String scope, String name) {
    return new StepKey(job + "/" + (scope.isEmpty() ? "" : scope + "/") + name);
  }

  /// Runs a step's body under its key. Called by the engine and by test kits.
  public <T> T around(ScopedValue.CallableOp<T, Exception> body) throws Exception {
    return ScopedValue.where(CURRENT, this).call(body);
  }
}
