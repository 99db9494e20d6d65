package io.sluice.workflow;

import io.sluice.platform.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can go wrong for those who ask for triggers.
public abstract sealed class TriggerProblem extends Problem {
  private TriggerProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// There is no such trigger.
  public static final class Unknown extends TriggerProblem {
    /// Names it.
    public Unknown(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_TRIGGER", "There is no trigger " + id, List.of());
    }
  }

  /// What was asked for breaks rules.
  public static final class Bad extends TriggerProblem {
    /// Names the places.
    public Bad(List<Fault> faults) {
      super(
          Sort.INVALID,
          "BAD_TRIGGER",
          faults.getFirst().pointer() + " " + faults.getFirst().detail(),
          faults);
    }
  }

  /// Somebody else changed it in between.
  public static final class Changed extends TriggerProblem {
    /// Names it.
    public Changed(Object id) {
      super(
          Sort.STALE,
          "TRIGGER_CHANGED",
          "Trigger " + id + " was changed meanwhile; read it again and send its new ETag",
          List.of());
    }
  }

  /// It is disabled.
  public static final class Disabled extends TriggerProblem {
    /// Names it.
    public Disabled(Object id) {
      super(
          Sort.CONFLICT,
          "TRIGGER_DISABLED",
          "Trigger " + id + " is disabled; enable it first, with POST /triggers/" + id + "/enable",
          List.of());
    }
  }

  /// It is of a type that can not do this.
  public static final class NotPossible extends TriggerProblem {
    /// Says what it is and what would be needed.
    public NotPossible(Object id, TriggerType type, TriggerType wanted) {
      super(
          Sort.CONFLICT,
          "TRIGGER_TYPE",
          "Trigger "
              + id
              + " is of type "
              + type.sql()
              + "; this can be asked of type "
              + wanted.sql()
              + " only",
          List.of());
    }
  }

  /// It was fired, but its execution could not be started. The firing is in its history.
  public static final class NotStarted extends TriggerProblem {
    /// Repeats why.
    public NotStarted(Object id, FiringView.@Nullable Reason reason) {
      super(
          Sort.CONFLICT,
          "TRIGGER_NOT_STARTED",
          "Trigger "
              + id
              + " started nothing: "
              + (reason == null ? "see its firings" : reason.code() + ", " + reason.detail()),
          List.of());
    }
  }
}
