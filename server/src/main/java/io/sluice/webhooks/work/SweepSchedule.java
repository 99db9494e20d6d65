package io.sluice.webhooks.work;

import io.sluice.engine.Operations;
import io.sluice.engine.Schedule;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Has old history removed a few times a day.
@Component
class SweepSchedule {
  private static final Duration BETWEEN = Duration.ofHours(6);

  private final Operations operations;

  SweepSchedule(Operations operations) {
    this.operations = operations;
  }

  /// The same schedule on every node is one.
  @EventListener(ApplicationReadyEvent.class)
  void schedule() {
    operations.schedule(
        Schedule.every("webhook.sweep", SweepHandler.KIND, new SweepHandler.Request(), BETWEEN));
  }
}
