package io.sluice.guard.model;

import static io.sluice.guard.BreakerState.CLOSED;
import static io.sluice.guard.BreakerState.HALF_OPEN;
import static io.sluice.guard.BreakerState.OPEN;

import io.sluice.guard.BreakerState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Every move that a circuit breaker can make, one a line; there is no other. The picture in
/// `docs/states/circuit-breaker.md` is generated from this table.
public enum BreakerMove {
  /// Too many calls failed or were slow.
  TRIP("too many calls failed or were slow", "circuit.opened", OPEN, CLOSED),
  /// The service asked for a pause.
  PAUSE("the service asked for a pause", "circuit.opened", OPEN, CLOSED, HALF_OPEN),
  /// The wait is over.
  PROBE("the wait is over", "circuit.half_open", HALF_OPEN, OPEN),
  /// The trial calls went well.
  RECOVER("the trial calls went well", "circuit.closed", CLOSED, HALF_OPEN),
  /// The trial calls did not go well.
  RELAPSE("the trial calls did not go well", "circuit.opened", OPEN, HALF_OPEN),
  /// Somebody reset it.
  RESET("somebody reset it", "circuit.reset", CLOSED, CLOSED, OPEN, HALF_OPEN);

  private final String when;
  private final String code;
  private final BreakerState to;
  private final Set<BreakerState> from;

  BreakerMove(String when, String code, BreakerState to, BreakerState... from) {
    this.when = when;
    this.code = code;
    this.to = to;
    this.from = EnumSet.copyOf(Arrays.asList(from));
  }

  /// When it is made, in words.
  public String when() {
    return when;
  }

  /// The code of its event.
  public String code() {
    return code;
  }

  /// The state it leads to.
  public BreakerState to() {
    return to;
  }

  /// The states it may leave.
  public Set<BreakerState> from() {
    return EnumSet.copyOf(from);
  }
}
