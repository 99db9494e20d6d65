package io.sluice.webhooks.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.guard.Breakers;
import io.sluice.guard.GuardProblem;
import io.sluice.platform.SpringTx;
import io.sluice.webhooks.DeliveryView;
import io.sluice.webhooks.WebhookDraft;
import io.sluice.webhooks.WebhookProblem;
import io.sluice.webhooks.WebhookView;
import io.sluice.webhooks.Webhooks;
import io.sluice.webhooks.model.DraftRules;
import io.sluice.webhooks.model.HeaderRules;
import io.sluice.webhooks.model.Subscriber;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.SecretStore;
import io.sluice.webhooks.store.WebhookStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door for subscriptions, opened.
@Service
class WebhookService implements Webhooks {
  private final WebhookStore webhooks;
  private final SecretStore secrets;
  private final DeliveryStore deliveries;
  private final DeliveryViews views;
  private final Resending resending;
  private final Sealed sealed;
  private final Breakers breakers;
  private final SpringTx transactions;
  private final IdSource ids;

  WebhookService(
      WebhookStore webhooks,
      SecretStore secrets,
      DeliveryStore deliveries,
      DeliveryViews views,
      Resending resending,
      Sealed sealed,
      Breakers breakers,
      SpringTx transactions,
      IdSource ids) {
    this.webhooks = webhooks;
    this.secrets = secrets;
    this.deliveries = deliveries;
    this.views = views;
    this.resending = resending;
    this.sealed = sealed;
    this.breakers = breakers;
    this.transactions = transactions;
    this.ids = ids;
  }

  @Override
  public WithSecret create(TenantId tenant, WebhookDraft draft, @Nullable String given) {
    check(draft);
    var secret = sealed.secret(given);
    var id = ids.next();
    var written = new WebhookStore.Written(id, tenant, draft, sealed.seal(id, draft.headers()));
    transactions.in(_ -> {
      webhooks.insert(written);
      sealed.put(tenant, id, secret, Duration.ZERO);
      return true;
    });
    return new WithSecret(get(tenant, id), secret.text());
  }

  private static void check(WebhookDraft draft) {
    var faults = DraftRules.faults(draft);
    if (!faults.isEmpty()) {
      throw new WebhookProblem.Bad(faults);
    }
  }

  @Override
  public List<WebhookView> list(TenantId tenant, @Nullable UUID before, int limit) {
    return views(webhooks.list(tenant, before, limit));
  }

  @Override
  public WebhookView get(TenantId tenant, UUID id) {
    return views(List.of(row(tenant, id))).getFirst();
  }

  private WebhookStore.Row row(TenantId tenant, UUID id) {
    return webhooks.find(tenant, id).orElseThrow(() -> new WebhookProblem.Unknown(id));
  }

  private List<WebhookView> views(List<WebhookStore.Row> rows) {
    Map<UUID, List<SecretStore.Row>> valid =
        secrets.valid(rows.stream().map(WebhookStore.Row::id).toList()).stream()
            .collect(Collectors.groupingBy(SecretStore.Row::webhook));
    return rows.stream().map(r -> view(r, valid.getOrDefault(r.id(), List.of()))).toList();
  }

  private WebhookView view(WebhookStore.Row row, List<SecretStore.Row> valid) {
    return new WebhookView(
        row.id(),
        row.name(),
        row.url(),
        row.description(),
        row.types(),
        row.filter(),
        HeaderRules.shown(sealed.headers(row)),
        row.enabled(),
        row.disabledReason(),
        row.disabledAt(),
        row.failingSince(),
        row.throttledUntil(),
        valid.stream()
            .map(s -> new WebhookView.SecretView(s.id(), s.createdAt(), s.expiresAt()))
            .toList(),
        row.version(),
        row.createdAt(),
        row.updatedAt());
  }

  @Override
  public WebhookView update(
      TenantId tenant, UUID id, @Nullable Integer version, WebhookDraft draft) {
    check(draft);
    var stored = row(tenant, id);
    var headers = HeaderRules.restored(draft.headers(), sealed.headers(stored));
    var written = new WebhookStore.Written(id, tenant, draft, sealed.seal(id, headers));
    if (!webhooks.update(written, version)) {
      row(tenant, id);
      throw new WebhookProblem.Changed(id);
    }
    return get(tenant, id);
  }

  @Override
  public void delete(TenantId tenant, UUID id) {
    if (!webhooks.delete(tenant, id)) {
      throw new WebhookProblem.Unknown(id);
    }
    try {
      breakers.delete(new Breakers.Change(tenant, Subscriber.SERVICE + id, "webhooks"));
    } catch (GuardProblem.UnknownBreaker _) {
      // It was never called.
    }
  }

  @Override
  public WithSecret rotate(TenantId tenant, UUID id, @Nullable String given, Duration keep) {
    var secret = sealed.secret(given);
    transactions.in(_ -> {
      if (!webhooks.touch(tenant, id)) {
        throw new WebhookProblem.Unknown(id);
      }
      sealed.put(tenant, id, secret, keep);
      return true;
    });
    return new WithSecret(get(tenant, id), secret.text());
  }

  @Override
  public List<DeliveryView> deliveries(
      TenantId tenant, UUID webhook, DeliveryFilter filter, Page page) {
    row(tenant, webhook);
    return views.of(
        deliveries.list(
            new DeliveryStore.Query(
                tenant,
                webhook,
                filter.status() == null ? null : filter.status().sql(),
                filter.type(),
                page.before(),
                page.limit())));
  }

  @Override
  public DeliveryView delivery(TenantId tenant, UUID id) {
    return views.of(
        deliveries.find(tenant, id).orElseThrow(() -> new WebhookProblem.UnknownDelivery(id)));
  }

  @Override
  public DeliveryView redeliver(TenantId tenant, UUID id) {
    var known =
        deliveries.find(tenant, id).orElseThrow(() -> new WebhookProblem.UnknownDelivery(id));
    var webhook = row(tenant, known.webhook());
    if (!webhook.enabled()) {
      throw new WebhookProblem.Disabled(webhook.id());
    }
    return delivery(tenant, resending.again(known));
  }

  @Override
  public DeliveryView test(TenantId tenant, UUID id) {
    return delivery(tenant, resending.test(row(tenant, id)));
  }
}
