package io.sluice.api;

import io.sluice.notifications.Address;
import io.sluice.notifications.ChannelDraft;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.ChannelView;
import io.sluice.notifications.NotificationState;
import io.sluice.notifications.NotificationView;
import io.sluice.notifications.Notifications;
import io.sluice.notifications.Notifications.Filter;
import io.sluice.notifications.Occasion;
import io.sluice.platform.CurrentTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/// Who is told of what, and what was sent.
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationRoutes {
  private final Notifications notifications;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  NotificationRoutes(
      Notifications notifications,
      CurrentTenant tenant,
      Idempotency idempotency,
      JsonMapper mapper) {
    this.notifications = notifications;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// What is asked for. Of `url`, `secret` and `smtp.password` each may be `${secrets.NAME}`.
  ///
  /// @param enabled absent: true
  record Asked(
      @Nullable String name,
      @Nullable String type,
      @Nullable String url,
      @Nullable String secret,
      @Nullable List<@Nullable String> to,
      @Nullable String from,
      @Nullable AskedSmtp smtp,
      @Nullable List<@Nullable String> on,
      @Nullable String suite,
      @Nullable List<@Nullable String> languages,
      @Nullable Integer queueDepth,
      @Nullable Duration queueAge,
      @Nullable Boolean enabled) {
    ChannelDraft draft() {
      var address = new Address(url, secret, texts(to), from, smtp == null ? null : smtp.server());
      return new ChannelDraft(
          Objects.requireNonNullElse(name, ""),
          Objects.requireNonNullElse(type, ""),
          address,
          texts(on),
          suite,
          texts(languages),
          queueDepth,
          queueAge,
          enabled == null || enabled);
    }

    private static List<String> texts(@Nullable List<@Nullable String> texts) {
      return texts == null
          ? List.of()
          : texts.stream().map(text -> Objects.requireNonNullElse(text, "")).toList();
    }
  }

  /// A mail server.
  record AskedSmtp(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String security,
      @Nullable String user,
      @Nullable String password) {
    Address.Smtp server() {
      return new Address.Smtp(Objects.requireNonNullElse(host, ""), port, security, user, password);
    }
  }

  /// A channel; what may be a credential shows as `***`.
  ///
  /// @param suite the id of the suite
  /// @param raised thresholds that are crossed now
  record Channel(
      UUID id,
      String name,
      ChannelType type,
      @Nullable String url,
      @Nullable String secret,
      @Nullable List<String> to,
      @Nullable String from,
      Address.@Nullable Smtp smtp,
      List<Occasion> on,
      @Nullable UUID suite,
      List<String> languages,
      @Nullable Integer queueDepth,
      @Nullable Duration queueAge,
      boolean enabled,
      List<ChannelView.Raised> raised,
      int version,
      Instant createdAt,
      Instant updatedAt) {
    static Channel of(ChannelView view) {
      var address = view.address();
      return new Channel(
          view.id(),
          view.name(),
          view.type(),
          address.url(),
          address.secret(),
          address.to().isEmpty() ? null : address.to(),
          address.from(),
          address.smtp(),
          view.on(),
          view.suiteId(),
          view.languages(),
          view.queueDepth(),
          view.queueAge(),
          view.enabled(),
          view.raised(),
          view.version(),
          view.createdAt(),
          view.updatedAt());
    }
  }

  @PostMapping("/channels")
  ResponseEntity<?> create(
      @RequestBody Asked asked,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.onceSealed(
        key,
        "POST /notifications/channels",
        mapper.writeValueAsString(asked),
        HttpStatus.CREATED,
        () -> Channel.of(notifications.create(tenant.get(), asked.draft())));
  }

  @GetMapping("/channels")
  Page<Channel> channels(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    return Page.of(
        notifications.channels(tenant.get(), Page.after(cursor), size + 1),
        size,
        ChannelView::id,
        Channel::of);
  }

  @GetMapping("/channels/{id}")
  ResponseEntity<Channel> channel(@PathVariable UUID id) {
    return tagged(notifications.channel(tenant.get(), id));
  }

  private static ResponseEntity<Channel> tagged(ChannelView channel) {
    return ResponseEntity.ok().eTag("\"" + channel.version() + "\"").body(Channel.of(channel));
  }

  @PutMapping("/channels/{id}")
  ResponseEntity<Channel> update(
      @PathVariable UUID id,
      @RequestBody Asked asked,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    return tagged(
        notifications.update(tenant.get(), id, Versions.expected(ifMatch), asked.draft()));
  }

  @DeleteMapping("/channels/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    notifications.delete(tenant.get(), id);
  }

  @PostMapping("/channels/{id}/test")
  ResponseEntity<?> test(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /notifications/channels/test",
        id.toString(),
        HttpStatus.OK,
        () -> notifications.test(tenant.get(), id));
  }

  @GetMapping
  Page<NotificationView> list(
      @RequestParam(required = false) @Nullable UUID channelId,
      @RequestParam(required = false) @Nullable UUID testRunId,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String occasion,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter =
        new Filter(
            channelId,
            state == null ? null : state(state),
            occasion == null ? null : occasion(occasion),
            testRunId);
    return Page.of(
        notifications.list(tenant.get(), filter, Page.after(cursor), size + 1),
        size,
        NotificationView::id,
        n -> n);
  }

  private static NotificationState state(String name) {
    if (!NotificationState.names().contains(name)) {
      throw new Page.RequestProblem("BAD_STATE", "state", "is one of " + NotificationState.names());
    }
    return NotificationState.of(name);
  }

  private static Occasion occasion(String name) {
    if (!Occasion.names().contains(name)) {
      throw new Page.RequestProblem("BAD_PARAMETER", "occasion", "is one of " + Occasion.names());
    }
    return Occasion.of(name);
  }

  @GetMapping("/{id}")
  NotificationView get(@PathVariable UUID id) {
    return notifications.get(tenant.get(), id);
  }
}
