package io.sluice.guard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A circuit breaker, as all nodes see it.
///
/// @param version of its configuration: rises with each change of it
/// @param generation rises with each change of its state
/// @param reason why it is in its state
/// @param openedAt null: it is not open
/// @param openUntil null: it is not open
/// @param openings how often it opened in a row, without a lasting recovery between
/// @param permits null: it is not half-open
/// @param parked how many jobs wait behind it
/// @param history its changes, newest first; empty in lists
public record BreakerView(
    String serviceId,
    BreakerState state,
    String reason,
    BreakerConfig config,
    int version,
    long generation,
    WindowCounts window,
    @Nullable Instant openedAt,
    @Nullable Instant openUntil,
    int openings,
    @Nullable Permits permits,
    long parked,
    List<BreakerChange> history,
    Instant createdAt,
    Instant updatedAt) {

  /// What was counted of late, on all nodes.
  ///
  /// @param failureRate in per cent
  /// @param slowCallRate in per cent
  public record WindowCounts(
      long calls, long failures, long slow, double failureRate, double slowCallRate) {}

  /// The trial calls of a half-open breaker.
  ///
  /// @param inUse that run now
  /// @param succeeded that went well
  public record Permits(int permitted, int inUse, int succeeded, int failed) {}

  /// A change of state or configuration.
  ///
  /// @param code the event's, e.g. `circuit.opened`
  public record BreakerChange(
      Instant at, String code, BreakerState from, BreakerState to, String reason, String who) {}
}
