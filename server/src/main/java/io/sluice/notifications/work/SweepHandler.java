package io.sluice.notifications.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.platform.JobHandler;
import org.springframework.stereotype.Component;

/// Removes notifications that are older than they are kept.
@Component
class SweepHandler implements JobHandler<SweepHandler.Request, Integer> {
  /// The kind.
  static final Kind<Request, Integer> KIND =
      Kind.of("notification.sweep", Request.class, Integer.class).inQueue("notifications");

  private static final int AT_ONCE = 500;

  private final NotificationStore notes;
  private final NotificationSettings settings;

  SweepHandler(NotificationStore notes, NotificationSettings settings) {
    this.notes = notes;
    this.settings = settings;
  }

  /// Nothing has to be said.
  record Request() {}

  @Override
  public Kind<Request, Integer> kind() {
    return KIND;
  }

  @Override
  public Integer run(Request request, JobContext job) {
    int removed = 0;
    int now;
    do {
      now = job.cancelled() ? 0 : notes.sweep(settings.retention(), AT_ONCE);
      removed += now;
    } while (now == AT_ONCE);
    return removed;
  }
}
