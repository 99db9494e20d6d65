package io.sluice.review.work;

import io.sluice.engine.JobEvent;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.review.ReviewView;
import io.sluice.review.Reviews.Decision;
import io.sluice.review.VerdictListener;
import io.sluice.review.VerdictListener.Decided;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Tells whoever asked for a review of its verdict, and whoever watches of both.
@Component
class Announcer {
  private final ObjectProvider<VerdictListener> listeners;
  private final Operations operations;
  private final InstantSource clock;

  Announcer(ObjectProvider<VerdictListener> listeners, Operations operations, InstantSource clock) {
    this.listeners = listeners;
    this.operations = operations;
    this.clock = clock;
  }

  void asked(Tx tx, TenantId tenant, ReviewView item) {
    publish(tx, tenant, "review.asked", item);
  }

  /// @param decision null: a precedent
  void decided(Tx tx, TenantId tenant, ReviewView item, @Nullable Decision decision) {
    var decided = of(tenant, item, decision);
    of(item.source()).forEach(listener -> listener.decided(tx, decided));
    publish(tx, tenant, "review.decided", item);
  }

  /// @param item as it was before
  void undone(Tx tx, TenantId tenant, ReviewView item) {
    var undone = of(tenant, item, null);
    of(item.source()).forEach(listener -> listener.undone(tx, undone));
    publish(tx, tenant, "review.undone", item);
  }

  private List<VerdictListener> of(String source) {
    return listeners.stream().filter(listener -> listener.source().equals(source)).toList();
  }

  private Decided of(TenantId tenant, ReviewView item, @Nullable Decision decision) {
    return new Decided(
        tenant,
        item.id(),
        item.subject(),
        Objects.requireNonNull(item.verdict()),
        decision == null ? null : decision.reviewer(),
        item.reusedFrom(),
        decision == null ? null : decision.note(),
        decision == null ? null : decision.labelsJson(),
        clock.instant());
  }

  private void publish(Tx tx, TenantId tenant, String code, ReviewView item) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("reviewId", item.id());
    payload.put("subjectId", item.subject());
    payload.put("source", item.source());
    payload.put("language", item.language());
    payload.put("priority", item.priority());
    payload.put("status", item.status());
    if (item.verdict() != null) {
      payload.put("verdict", item.verdict().sql());
    }
    if (item.reusedFrom() != null) {
      payload.put("reusedFrom", item.reusedFrom());
    }
    operations.publish(
        tx, tenant, new JobEvent("review", JobEvent.Severity.INFO, code, item.subject(), payload));
  }
}
