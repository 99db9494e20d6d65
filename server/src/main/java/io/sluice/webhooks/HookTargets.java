package io.sluice.webhooks;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What calls from outside start. A module above this one implements it; there may be several.
public interface HookTargets {
  /// Where a token leads.
  ///
  /// @param trigger its id; calls are listed by it
  record Target(TenantId tenant, UUID trigger, Endpoint endpoint) {}

  /// A call that was verified.
  ///
  /// @param id under which it is recorded
  record AcceptedCall(UUID id, IncomingCall call) {}

  /// Finds the target of a token.
  ///
  /// @return empty if there is none, or it takes no calls now: the caller is told 404
  Optional<Target> find(String token);

  /// Starts what the call is for, in the transaction that records the call: both happen or none.
  ///
  /// @return what was started, for the history; null if nothing was
  @Nullable UUID accept(Tx tx, Target target, AcceptedCall call);
}
