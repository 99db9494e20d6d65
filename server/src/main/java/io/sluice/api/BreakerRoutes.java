package io.sluice.api;

import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.BreakerView;
import io.sluice.guard.Breakers;
import io.sluice.guard.RateLimit;
import io.sluice.platform.CurrentTenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
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

/// Circuit breakers. The routes under `/orchestration` are the same ones.
@RestController
@RequestMapping({"/api/v1/circuit-breakers", "/api/v1/orchestration/circuit-breakers"})
class BreakerRoutes {
  private final Breakers breakers;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  BreakerRoutes(Breakers breakers, CurrentTenant tenant, Idempotency idempotency) {
    this.breakers = breakers;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  @GetMapping
  Page<BreakerView> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter =
        new Breakers.Filter(
            state == null ? null : state(state), service, cursor == null ? null : read(cursor));
    var found = breakers.list(tenant.get(), filter, size + 1);
    var items = found.stream().limit(size).toList();
    return new Page<>(items, found.size() > size ? write(items.getLast().serviceId()) : null);
  }

  private static BreakerState state(String name) {
    return Arrays.stream(BreakerState.values())
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Page.RequestProblem(
                "BAD_STATE", "state", "is one of " + Arrays.toString(BreakerState.values())));
  }

  private static String write(String service) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(service.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Page.RequestProblem(
          "BAD_CURSOR", "cursor", "take the nextCursor of the page before, as it is");
    }
  }

  @GetMapping("/{serviceId}")
  ResponseEntity<BreakerView> get(@PathVariable String serviceId) {
    return answer(breakers.get(tenant.get(), serviceId));
  }

  @DeleteMapping("/{serviceId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String serviceId) {
    breakers.delete(change(serviceId));
  }

  /// A whole configuration: what is left out takes its default.
  record ConfigureBreaker(
      @Nullable Boolean enabled,
      @Nullable Double failureRateThreshold,
      @Nullable Double slowCallRateThreshold,
      @Nullable Duration slowCallDuration,
      @Nullable Duration windowSize,
      @Nullable Integer minimumCalls,
      @Nullable Duration waitDurationInOpen,
      @Nullable Double waitGrowth,
      @Nullable Duration maxWaitDurationInOpen,
      @Nullable Integer permittedCallsInHalfOpen,
      @Nullable Boolean honourRetryAfter,
      @Nullable Integer rampPerSecond,
      @Nullable RateLimit rateLimit) {

    BreakerConfig whole() {
      var basic = BreakerConfig.DEFAULT;
      return new BreakerConfig(
          or(enabled, basic.enabled()),
          or(failureRateThreshold, basic.failureRateThreshold()),
          or(slowCallRateThreshold, basic.slowCallRateThreshold()),
          or(slowCallDuration, basic.slowCallDuration()),
          or(windowSize, basic.windowSize()),
          or(minimumCalls, basic.minimumCalls()),
          or(waitDurationInOpen, basic.waitDurationInOpen()),
          or(waitGrowth, basic.waitGrowth()),
          or(maxWaitDurationInOpen, basic.maxWaitDurationInOpen()),
          or(permittedCallsInHalfOpen, basic.permittedCallsInHalfOpen()),
          or(honourRetryAfter, basic.honourRetryAfter()),
          or(rampPerSecond, basic.rampPerSecond()),
          rateLimit);
    }

    private static <T> T or(@Nullable T said, T basic) {
      return said == null ? basic : said;
    }
  }

  @PutMapping("/{serviceId}/config")
  ResponseEntity<BreakerView> configure(
      @PathVariable String serviceId,
      @RequestBody ConfigureBreaker config,
      @RequestHeader(name = "If-Match", required = false) @Nullable String match) {
    return answer(breakers.configure(change(serviceId), config.whole(), Versions.expected(match)));
  }

  @PostMapping("/{serviceId}/reset")
  ResponseEntity<?> reset(
      @PathVariable String serviceId,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /circuit-breakers/reset",
        serviceId,
        HttpStatus.OK,
        () -> breakers.reset(change(serviceId)));
  }

  private Breakers.Change change(String service) {
    return new Breakers.Change(tenant.get(), service, tenant.who());
  }

  private static ResponseEntity<BreakerView> answer(BreakerView view) {
    return ResponseEntity.ok().eTag(Versions.etag(view.version())).body(view);
  }
}
