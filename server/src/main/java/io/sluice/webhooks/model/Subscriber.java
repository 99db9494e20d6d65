package io.sluice.webhooks.model;

import io.sluice.engine.TenantId;
import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A webhook as the follower sees it.
///
/// @param activeSince what happened before is not for it
public record Subscriber(
    UUID webhook,
    TenantId tenant,
    List<String> types,
    @Nullable Expression filter,
    Instant activeSince) {
  /// How the names begin under which the guard knows webhooks.
  public static final String SERVICE = "webhook:";

  /// Whether an event is for it. A filter that fails on an event does not want it.
  public boolean wants(TenantId whose, EventDocument event) {
    return tenant.equals(whose)
        && !event.createdAt().isBefore(activeSince)
        && !aboutDelivering(event)
        && EventPattern.any(types, event)
        && passes(event);
  }

  /// About this webhook itself, or about the circuit of any: telling of it would call again, and
  /// again.
  private boolean aboutDelivering(EventDocument event) {
    return webhook.equals(event.subject())
        || event.payload() instanceof Map<?, ?> payload
            && String.valueOf(payload.get("service")).startsWith(SERVICE);
  }

  private boolean passes(EventDocument event) {
    if (filter == null) {
      return true;
    }
    try {
      return filter.test(event.fields());
    } catch (ExpressionProblem _) {
      return false;
    }
  }
}
