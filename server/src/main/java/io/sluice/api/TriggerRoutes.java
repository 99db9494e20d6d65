package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.FiringView;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.TriggerType;
import io.sluice.workflow.TriggerView;
import io.sluice.workflow.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
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

/// Triggers and their firings.
@RestController
@RequestMapping("/api/v1/triggers")
class TriggerRoutes {
  private static final Duration LONGEST_KEEP = Duration.ofDays(30);
  private static final int MOST_TIMES = 100;

  private final Triggers triggers;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  TriggerRoutes(
      Triggers triggers, CurrentTenant tenant, Idempotency idempotency, JsonMapper mapper) {
    this.triggers = triggers;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  @PostMapping
  ResponseEntity<?> create(
      @RequestBody TriggerDraft draft,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.onceSealed(
        key,
        "POST /triggers",
        mapper.writeValueAsString(draft),
        HttpStatus.CREATED,
        () -> triggers.create(tenant.get(), draft));
  }

  @GetMapping
  Page<TriggerView> list(
      @RequestParam(required = false) @Nullable String workflow,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable Boolean enabled,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter =
        new Triggers.Filter(
            workflow,
            type == null ? null : named("type", type, TriggerType.values(), TriggerType::sql),
            enabled);
    return Page.of(
        triggers.list(tenant.get(), filter, Page.after(cursor), size + 1),
        size,
        TriggerView::id,
        t -> t);
  }

  private static <T> T named(String parameter, String name, T[] all, Function<T, String> sql) {
    return Arrays.stream(all)
        .filter(one -> sql.apply(one).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Page.RequestProblem(
                "BAD_PARAMETER", parameter, "is one of " + Arrays.stream(all).map(sql).toList()));
  }

  @GetMapping("/{id}")
  ResponseEntity<TriggerView> get(@PathVariable UUID id) {
    return tagged(triggers.get(tenant.get(), id));
  }

  private static ResponseEntity<TriggerView> tagged(TriggerView trigger) {
    return ResponseEntity.ok().eTag(Versions.etag(trigger.revision())).body(trigger);
  }

  @PutMapping("/{id}")
  ResponseEntity<TriggerView> update(
      @PathVariable UUID id,
      @RequestBody TriggerDraft draft,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    return tagged(triggers.update(tenant.get(), id, Versions.expected(ifMatch), draft));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable UUID id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    triggers.delete(tenant.get(), id, Versions.expected(ifMatch));
  }

  @PostMapping("/{id}/enable")
  ResponseEntity<TriggerView> enable(@PathVariable UUID id) {
    return tagged(triggers.enable(tenant.get(), id, true));
  }

  @PostMapping("/{id}/disable")
  ResponseEntity<TriggerView> disable(@PathVariable UUID id) {
    return tagged(triggers.enable(tenant.get(), id, false));
  }

  @PostMapping("/{id}/rotate-secret")
  ResponseEntity<?> rotate(
      @PathVariable UUID id,
      @RequestBody(required = false) Triggers.@Nullable Rotation asked,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var rotation = asked == null ? new Triggers.Rotation(null, null, null) : asked;
    var keep = rotation.keepOld();
    if (keep != null && (keep.isNegative() || keep.compareTo(LONGEST_KEEP) > 0)) {
      throw new Page.RequestProblem("BAD_PARAMETER", "keepOld", "must be PT0S to P30D");
    }
    return idempotency.onceSealed(
        key,
        "POST /triggers/rotate-secret",
        id + " " + mapper.writeValueAsString(rotation),
        HttpStatus.OK,
        () -> triggers.rotate(tenant.get(), id, rotation));
  }

  /// What a firing by hand is given.
  ///
  /// @param input what the trigger's template sees as `fire.input`
  record Fire(@Nullable Object input) {}

  @PostMapping("/{id}/fire")
  ResponseEntity<?> fire(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable Fire asked,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var input = asked == null ? null : asked.input();
    return idempotency.once(
        key,
        "POST /triggers/fire",
        id + " " + mapper.writeValueAsString(input),
        HttpStatus.ACCEPTED,
        () -> triggers.fire(tenant.get(), id, new Triggers.Push(input, key, tenant.who())));
  }

  @GetMapping("/{id}/firings")
  Page<FiringView> firings(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter =
        new Triggers.FiringFilter(
            outcome == null
                ? null
                : named("outcome", outcome, FiringOutcome.values(), FiringOutcome::sql),
            Page.after(cursor));
    return Page.of(
        triggers.firings(tenant.get(), id, filter, size + 1), size, FiringView::id, f -> f);
  }

  /// When a schedule fires next.
  ///
  /// @param after from this time on; absent: from now on, as the clock has it
  @GetMapping("/{id}/next")
  Page<Instant> next(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "10") int count,
      @RequestParam(required = false) @Nullable Instant after) {
    if (count < 1 || count > MOST_TIMES) {
      throw new Page.RequestProblem("BAD_PARAMETER", "count", "must be 1 to " + MOST_TIMES);
    }
    return Page.all(triggers.next(tenant.get(), id, after, count));
  }
}
