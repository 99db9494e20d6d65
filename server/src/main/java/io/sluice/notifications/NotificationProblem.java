package io.sluice.notifications;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for those who want to be told.
public abstract sealed class NotificationProblem extends Problem {
  private NotificationProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private NotificationProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// There is no such channel.
  public static final class UnknownChannel extends NotificationProblem {
    /// Names it.
    public UnknownChannel(Object id) {
      super(
          Sort.NOT_FOUND, "UNKNOWN_NOTIFICATION_CHANNEL", "There is no notification channel " + id);
    }
  }

  /// There is no such notification.
  public static final class Unknown extends NotificationProblem {
    /// Names it.
    public Unknown(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_NOTIFICATION", "There is no notification " + id);
    }
  }

  /// What was asked for breaks rules.
  public static final class Bad extends NotificationProblem {
    /// Names the places.
    public Bad(List<Fault> faults) {
      super(
          Sort.INVALID,
          "BAD_NOTIFICATION_CHANNEL",
          faults.getFirst().pointer() + " " + faults.getFirst().detail(),
          faults);
    }
  }

  /// Somebody else changed it in between.
  public static final class Changed extends NotificationProblem {
    /// Names it.
    public Changed(Object id) {
      super(
          Sort.STALE,
          "NOTIFICATION_CHANNEL_CHANGED",
          "Notification channel "
              + id
              + " was changed meanwhile; read it again and send its new ETag");
    }
  }
}
