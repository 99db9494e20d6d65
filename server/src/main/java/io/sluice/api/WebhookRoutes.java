package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.webhooks.DeliveryStatus;
import io.sluice.webhooks.DeliveryView;
import io.sluice.webhooks.WebhookDraft;
import io.sluice.webhooks.WebhookView;
import io.sluice.webhooks.Webhooks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Webhooks and their deliveries.
@RestController
@RequestMapping("/api/v1")
class WebhookRoutes {
  /// How long the old secret stays valid, unless it is said otherwise.
  private static final Duration KEEP = Duration.ofHours(24);

  private static final Duration LONGEST_KEEP = Duration.ofDays(30);

  private final Webhooks webhooks;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  WebhookRoutes(
      Webhooks webhooks, CurrentTenant tenant, Idempotency idempotency, JsonMapper mapper) {
    this.webhooks = webhooks;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// What is asked for.
  ///
  /// @param types absent: all events
  /// @param enabled absent: true
  record Asked(
      @Nullable String name,
      @Nullable String url,
      @Nullable String description,
      @Nullable List<@Nullable String> types,
      @Nullable String filter,
      @Nullable Map<String, @Nullable String> headers,
      @Nullable Boolean enabled) {
    WebhookDraft draft() {
      return new WebhookDraft(
          Objects.requireNonNullElse(name, ""),
          Objects.requireNonNullElse(url, ""),
          description,
          types == null ? List.of("*") : types.stream().map(Asked::text).toList(),
          filter,
          texts(headers),
          enabled == null || enabled);
    }

    private static Map<String, String> texts(@Nullable Map<String, @Nullable String> headers) {
      var texts = new LinkedHashMap<String, String>();
      if (headers != null) {
        headers.forEach((name, value) -> texts.put(name, text(value)));
      }
      return texts;
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  /// The same with a secret of the caller's choice.
  ///
  /// @param secret absent: one is made
  record AskedNew(
      @Nullable String name,
      @Nullable String url,
      @Nullable String description,
      @Nullable List<@Nullable String> types,
      @Nullable String filter,
      @Nullable Map<String, @Nullable String> headers,
      @Nullable Boolean enabled,
      @Nullable String secret) {
    WebhookDraft draft() {
      return new Asked(name, url, description, types, filter, headers, enabled).draft();
    }
  }

  /// A webhook with the secret that was made for it: shown here, and never again.
  record Made(WebhookView webhook, String secret) {
    static Made of(Webhooks.WithSecret made) {
      return new Made(made.webhook(), made.secret());
    }
  }

  @PostMapping("/webhooks")
  ResponseEntity<?> create(
      @RequestBody AskedNew asked,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.onceSealed(
        key,
        "POST /webhooks",
        mapper.writeValueAsString(asked),
        HttpStatus.CREATED,
        () -> Made.of(webhooks.create(tenant.get(), asked.draft(), asked.secret())));
  }

  @GetMapping("/webhooks")
  Page<WebhookView> list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    return Page.of(
        webhooks.list(tenant.get(), Page.after(cursor), size + 1), size, WebhookView::id, w -> w);
  }

  @GetMapping("/webhooks/{id}")
  ResponseEntity<WebhookView> get(@PathVariable UUID id) {
    return tagged(webhooks.get(tenant.get(), id));
  }

  private static ResponseEntity<WebhookView> tagged(WebhookView webhook) {
    return ResponseEntity.ok().eTag(Versions.etag(webhook.version())).body(webhook);
  }

  @PutMapping("/webhooks/{id}")
  ResponseEntity<WebhookView> update(
      @PathVariable UUID id,
      @RequestBody Asked asked,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    return tagged(webhooks.update(tenant.get(), id, Versions.expected(ifMatch), asked.draft()));
  }

  @DeleteMapping("/webhooks/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    webhooks.delete(tenant.get(), id);
  }

  /// How a secret is rotated.
  ///
  /// @param secret absent: one is made
  /// @param keepOld how long the old one stays valid; absent: 24 hours
  record Rotate(@Nullable String secret, @Nullable Duration keepOld) {}

  @PostMapping("/webhooks/{id}/rotate-secret")
  ResponseEntity<?> rotate(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable Rotate asked,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var rotate = asked == null ? new Rotate(null, null) : asked;
    var keep = rotate.keepOld() == null ? KEEP : rotate.keepOld();
    if (keep.isNegative() || keep.compareTo(LONGEST_KEEP) > 0) {
      throw new Page.RequestProblem("BAD_PARAMETER", "keepOld", "must be PT0S to P30D");
    }
    return idempotency.onceSealed(
        key,
        "POST /webhooks/rotate-secret",
        id + " " + mapper.writeValueAsString(rotate),
        HttpStatus.OK,
        () -> Made.of(webhooks.rotate(tenant.get(), id, rotate.secret(), keep)));
  }

  @PostMapping("/webhooks/{id}/test")
  ResponseEntity<?> test(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /webhooks/test",
        id.toString(),
        HttpStatus.OK,
        () -> webhooks.test(tenant.get(), id));
  }

  @GetMapping("/webhooks/{id}/events")
  Page<DeliveryView> events(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter = new Webhooks.DeliveryFilter(status == null ? null : status(status), type);
    var page = new Webhooks.Page(Page.after(cursor), size + 1);
    return Page.of(
        webhooks.deliveries(tenant.get(), id, filter, page), size, DeliveryView::id, d -> d);
  }

  private static DeliveryStatus status(String name) {
    if (!DeliveryStatus.names().contains(name)) {
      throw new Page.RequestProblem("BAD_STATE", "status", "is one of " + DeliveryStatus.names());
    }
    return DeliveryStatus.of(name);
  }

  @GetMapping("/webhook-events/{id}")
  DeliveryView event(@PathVariable UUID id) {
    return webhooks.delivery(tenant.get(), id);
  }

  @PostMapping("/webhook-events/{id}/redeliver")
  ResponseEntity<?> redeliver(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /webhook-events/redeliver",
        id.toString(),
        HttpStatus.ACCEPTED,
        () -> webhooks.redeliver(tenant.get(), id));
  }
}
