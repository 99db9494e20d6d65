package io.sluice.guard.work;

import io.sluice.engine.TenantId;
import io.sluice.guard.NotNow;
import io.sluice.guard.RateLimit;
import io.sluice.guard.model.RateRules;
import io.sluice.guard.store.RateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Rate limits on one node. Calls are reserved for all nodes in PostgreSQL, some at once; what is
/// reserved and not used in a second is lost.
final class Rates {
  private static final Logger LOG = LoggerFactory.getLogger(Rates.class);
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int MOST_KNOWN = 10_000;

  private final RateStore store;
  private final SharedClock clock;
  private final ConcurrentHashMap<Key, Reserve> reserves = new ConcurrentHashMap<>();

  Rates(RateStore store, SharedClock clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Key(TenantId tenant, String key) {}

  /// What this node has of a limit.
  private static final class Reserve {
    private int left;
    private Instant leftUntil = Instant.MIN;
    private Instant noneBefore = Instant.MIN;
    private int told;
  }

  /// Whether a call would have to wait, as far as this node knows.
  ///
  /// @return until when; null: it would not
  @Nullable Instant look(TenantId tenant, String key) {
    var reserve = reserves.get(new Key(tenant, key));
    if (reserve == null) {
      return null;
    }
    synchronized (reserve) {
      return reserve.noneBefore.isAfter(clock.instant()) ? reserve.noneBefore : null;
    }
  }

  /// Takes one call.
  ///
  /// @param shown the key's name for people
  /// @throws NotNow.RateLimited if as many were made as may be
  void take(TenantId tenant, String key, String shown, RateLimit limit) {
    if (reserves.size() > MOST_KNOWN) {
      reserves.clear();
    }
    var reserve = reserves.computeIfAbsent(new Key(tenant, key), _ -> new Reserve());
    Instant wait;
    synchronized (reserve) {
      wait = takeFrom(reserve, tenant, key, limit);
    }
    if (wait != null) {
      throw new NotNow.RateLimited(shown, wait, Duration.between(clock.instant(), wait));
    }
  }

  private @Nullable Instant takeFrom(
      Reserve reserve, TenantId tenant, String key, RateLimit limit) {
    var now = clock.instant();
    if (reserve.left > 0 && now.isBefore(reserve.leftUntil)) {
      reserve.left--;
      return null;
    }
    if (!now.isBefore(reserve.noneBefore)) {
      refill(reserve, tenant, key, limit);
    }
    if (reserve.left > 0) {
      reserve.left--;
      return null;
    }
    // Who waits comes back one after the other.
    return reserve.noneBefore.plus(RateRules.interval(limit).multipliedBy(reserve.told++));
  }

  private void refill(Reserve reserve, TenantId tenant, String key, RateLimit limit) {
    reserve.left = 0;
    reserve.told = 0;
    try {
      var reserved = store.reserve(tenant, key, limit);
      clock.told(reserved.now());
      reserve.left = reserved.granted();
      reserve.leftUntil = reserved.now().plus(KEPT);
      reserve.noneBefore = reserved.granted() > 0 ? Instant.MIN : reserved.next();
    } catch (DataAccessException e) {
      LOG.warn("a rate limit could not be asked: {}", e.getMessage());
      reserve.noneBefore = clock.instant().plus(KEPT);
    }
  }
}
