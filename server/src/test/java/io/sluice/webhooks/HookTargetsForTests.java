package io.sluice.webhooks;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What calls start in tests.
@Component
@ConditionalOnProperty("sluice.test.hook-targets")
class HookTargetsForTests implements HookTargets {
  private final Map<String, Target> targets = new ConcurrentHashMap<>();
  private final List<AcceptedCall> started = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  /// @return the trigger
  UUID put(String token, Endpoint endpoint) {
    var trigger = UUID.randomUUID();
    targets.put(token, new Target(TenantId.DEFAULT, trigger, endpoint));
    return trigger;
  }

  void fail(boolean value) {
    failing = value;
  }

  List<AcceptedCall> started() {
    return started;
  }

  @Override
  public Optional<Target> find(String token) {
    return Optional.ofNullable(targets.get(token));
  }

  @Override
  public UUID accept(Tx tx, Target target, AcceptedCall call) {
    if (failing) {
      throw new IllegalStateException("it can not be started");
    }
    started.add(call);
    return new UUID(call.id().getMostSignificantBits(), 1);
  }
}
