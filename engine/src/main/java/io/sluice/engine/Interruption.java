package io.sluice.engine;

/// Thrown through a handler by the engine when its run ends here: parked, cancelled, or lost. An
/// `Error`, so that a handler's `catch (Exception)` does not swallow it. Not to be caught.
public abstract class Interruption extends Error {
  /// Called by the engine. Without a stack trace: it is not a failure.
  protected Interruption(String message) {
    super(message, null, false, false);
  }
}
