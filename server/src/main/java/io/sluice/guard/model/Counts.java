package io.sluice.guard.model;

/// What was counted: calls, and how many of them failed or were slow.
public record Counts(long calls, long failed, long slow) {
  /// Nothing.
  public static final Counts NONE = new Counts(0, 0, 0);

  /// One call.
  public static Counts of(CallOutcome outcome) {
    return switch (outcome) {
      case OK -> new Counts(1, 0, 0);
      case FAILED -> new Counts(1, 1, 0);
      case SLOW -> new Counts(1, 0, 1);
    };
  }

  /// Both together.
  public Counts plus(Counts other) {
    return new Counts(calls + other.calls, failed + other.failed, slow + other.slow);
  }

  /// Per cent that failed.
  public double failureRate() {
    return calls == 0 ? 0 : 100.0 * failed / calls;
  }

  /// Per cent that were slow.
  public double slowRate() {
    return calls == 0 ? 0 : 100.0 * slow / calls;
  }
}
