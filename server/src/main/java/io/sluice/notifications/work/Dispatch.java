package io.sluice.notifications.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.Tx;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.store.NotificationStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Makes notifications, each with its job.
@Component
class Dispatch {
  private final NotificationStore notes;

  /// Handlers are there before the engine is.
  private final ObjectProvider<Jobs> jobs;

  private final Kind<SendHandler.Request, String> kind;

  Dispatch(NotificationStore notes, ObjectProvider<Jobs> jobs, NotificationSettings settings) {
    this.notes = notes;
    this.jobs = jobs;
    this.kind = SendHandler.kind(settings);
  }

  /// Inserts a notification and enqueues its job, in the caller's transaction; nothing if the
  /// recipient is told of the subject already, or is gone.
  void dispatch(Tx tx, NotificationStore.New fresh) {
    if (notes.insert(fresh)) {
      var options = EnqueueOptions.of(fresh.tenant()).withLimitValue(fresh.recipient());
      var request = new SendHandler.Request(fresh.id());
      var made = jobs.getObject().enqueue(tx, kind, request, options);
      notes.setJob(fresh.id(), made.job().value());
    }
  }
}
