package io.sluice.notifications.work;

import io.sluice.engine.Operations;
import io.sluice.engine.Schedule;
import io.sluice.notifications.NotificationSettings;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Has the human queue looked at, and old notifications removed.
@Component
class Schedules {
  private static final Duration BETWEEN_SWEEPS = Duration.ofHours(6);

  private final Operations operations;
  private final NotificationSettings settings;

  Schedules(Operations operations, NotificationSettings settings) {
    this.operations = operations;
    this.settings = settings;
  }

  /// The same schedule on every node is one.
  @EventListener(ApplicationReadyEvent.class)
  void schedule() {
    operations.schedule(
        Schedule.every(
            "notification.look", LookHandler.KIND, new LookHandler.Request(), settings.look()));
    operations.schedule(
        Schedule.every(
            "notification.sweep", SweepHandler.KIND, new SweepHandler.Request(), BETWEEN_SWEEPS));
  }
}
