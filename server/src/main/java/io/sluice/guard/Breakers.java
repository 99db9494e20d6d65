package io.sluice.guard;

import io.sluice.engine.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Circuit breakers, for those who operate them.
public interface Breakers {
  /// Which breakers; every part that is null matches all.
  ///
  /// @param after only services behind this one in the alphabet, for paging
  record Filter(@Nullable BreakerState state, @Nullable String service, @Nullable String after) {}

  /// Breakers that match, by service.
  List<BreakerView> list(TenantId tenant, Filter filter, int limit);

  /// One breaker with its history.
  ///
  /// @throws GuardProblem.UnknownBreaker if the service was never called nor configured
  BreakerView get(TenantId tenant, String service);

  /// Configures a breaker, and makes it where there is none yet. Its state stays.
  ///
  /// @param expected the version that the caller has seen; null: any
  /// @throws GuardProblem.Stale if it has another version by now
  /// @throws GuardProblem.BadConfig if the configuration can not be
  BreakerView configure(Change change, BreakerConfig config, @Nullable Integer expected);

  /// Closes a breaker and forgets what was counted; calls come back in waves.
  BreakerView reset(Change change);

  /// Removes a breaker with its counts and history. The next call makes a new one.
  void delete(Change change);

  /// Whose breaker is changed, and by whom.
  record Change(TenantId tenant, String service, String who) {}
}
