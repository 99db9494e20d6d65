package io.sluice.notifications.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.guard.Breakers;
import io.sluice.guard.GuardProblem;
import io.sluice.notifications.ChannelDraft;
import io.sluice.notifications.ChannelView;
import io.sluice.notifications.NotificationProblem;
import io.sluice.notifications.NotificationView;
import io.sluice.notifications.Notifications;
import io.sluice.notifications.model.Confidential;
import io.sluice.notifications.store.AlarmStore;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.platform.SpringTx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door, opened.
@Service
class NotificationService implements Notifications {
  private final Stores stores;
  private final Drafts drafts;
  private final Trying trying;
  private final Sealed sealed;
  private final Breakers breakers;
  private final SpringTx transactions;
  private final IdSource ids;

  NotificationService(
      Stores stores,
      Drafts drafts,
      Trying trying,
      Sealed sealed,
      Breakers breakers,
      SpringTx transactions,
      IdSource ids) {
    this.stores = stores;
    this.drafts = drafts;
    this.trying = trying;
    this.sealed = sealed;
    this.breakers = breakers;
    this.transactions = transactions;
    this.ids = ids;
  }

  /// What it reads and writes.
  @org.springframework.stereotype.Component
  record Stores(ChannelStore channels, AlarmStore alarms, NotificationStore notes) {}

  @Override
  public ChannelView create(TenantId tenant, ChannelDraft draft) {
    var id = ids.next();
    stores.channels().insert(drafts.written(tenant, id, draft, null));
    return channel(tenant, id);
  }

  @Override
  public List<ChannelView> channels(TenantId tenant, @Nullable UUID before, int limit) {
    return views(stores.channels().list(tenant, before, limit));
  }

  @Override
  public ChannelView channel(TenantId tenant, UUID id) {
    return views(List.of(row(tenant, id))).getFirst();
  }

  private ChannelStore.Row row(TenantId tenant, UUID id) {
    return stores
        .channels()
        .find(tenant, id)
        .orElseThrow(() -> new NotificationProblem.UnknownChannel(id));
  }

  private List<ChannelView> views(List<ChannelStore.Row> rows) {
    var alarms = stores.alarms().of(rows.stream().map(ChannelStore.Row::id).toList());
    return rows.stream().map(row -> view(row, alarms)).toList();
  }

  private ChannelView view(ChannelStore.Row row, List<AlarmStore.Row> alarms) {
    var channel = row.written();
    return new ChannelView(
        row.id(),
        channel.name(),
        channel.type(),
        Confidential.shown(channel.type(), sealed.address(row)),
        channel.on(),
        channel.suite(),
        channel.languages(),
        channel.queueDepth(),
        channel.queueAge(),
        channel.enabled(),
        alarms.stream()
            .filter(alarm -> alarm.channel().equals(row.id()))
            .map(alarm -> new ChannelView.Raised(alarm.occasion(), alarm.since()))
            .toList(),
        row.version(),
        row.at(),
        row.changed());
  }

  @Override
  public ChannelView update(
      TenantId tenant, UUID id, @Nullable Integer version, ChannelDraft draft) {
    var stored = row(tenant, id);
    var written = drafts.written(tenant, id, draft, stored);
    boolean updated =
        transactions.in(_ -> {
          boolean done = stores.channels().update(written, version);
          stores.alarms().forget(id);
          return done;
        });
    if (!updated) {
      row(tenant, id);
      throw new NotificationProblem.Changed(id);
    }
    return channel(tenant, id);
  }

  @Override
  public void delete(TenantId tenant, UUID id) {
    if (!stores.channels().delete(tenant, id)) {
      throw new NotificationProblem.UnknownChannel(id);
    }
    try {
      breakers.delete(new Breakers.Change(tenant, Destinations.service(id), "notifications"));
    } catch (GuardProblem.UnknownBreaker _) {
      // It was never called.
    }
  }

  @Override
  public NotificationView test(TenantId tenant, UUID id) {
    return get(tenant, trying.test(row(tenant, id)));
  }

  @Override
  public List<NotificationView> list(
      TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    if (filter.channel() != null) {
      row(tenant, filter.channel());
    }
    return stores.notes().list(tenant, filter, before, limit);
  }

  @Override
  public NotificationView get(TenantId tenant, UUID id) {
    return stores.notes().view(tenant, id).orElseThrow(() -> new NotificationProblem.Unknown(id));
  }
}
