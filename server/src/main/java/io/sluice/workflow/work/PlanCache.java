package io.sluice.workflow.work;

import io.sluice.workflow.model.Definition;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Keeps plans: versions never change. When it is full it begins anew.
final class PlanCache implements Plans {
  private static final int MOST = 1_000;

  private final Function<UUID, Definition> source;
  private final Map<UUID, Plan> known = new ConcurrentHashMap<>();

  /// @param source throws [io.sluice.engine.PermanentFailure] `UNKNOWN_VERSION`
  PlanCache(Function<UUID, Definition> source) {
    this.source = source;
  }

  @Override
  public Plan of(UUID versionId) {
    var found = known.get(versionId);
    if (found != null) {
      return found;
    }
    var fresh = new Plan(source.apply(versionId));
    if (known.size() >= MOST) {
      known.clear();
    }
    var first = known.putIfAbsent(versionId, fresh);
    return first == null ? fresh : first;
  }
}
