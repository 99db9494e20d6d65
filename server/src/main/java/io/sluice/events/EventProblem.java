package io.sluice.events;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for those who announce something from outside.
public abstract sealed class EventProblem extends Problem {
  private EventProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// It breaks rules.
  public static final class Bad extends EventProblem {
    /// Names the places.
    public Bad(List<Fault> faults) {
      super(
          Sort.INVALID,
          "BAD_EVENT",
          faults.getFirst().pointer() + " " + faults.getFirst().detail(),
          faults);
    }
  }

  /// It has too many bytes.
  public static final class TooLarge extends EventProblem {
    /// Names the limit.
    public TooLarge() {
      super(
          Sort.TOO_LARGE,
          "EVENT_TOO_LARGE",
          "An event may have " + OutsideEvents.MOST_BYTES + " bytes; send a reference instead",
          List.of());
    }
  }
}
