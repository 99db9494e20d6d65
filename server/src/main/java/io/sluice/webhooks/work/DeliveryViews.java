package io.sluice.webhooks.work;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.webhooks.DeliveryStatus;
import io.sluice.webhooks.DeliveryView;
import io.sluice.webhooks.DeliveryView.Attempt;
import io.sluice.webhooks.store.AttemptStore;
import io.sluice.webhooks.store.DeliveryStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How deliveries are shown: with their attempts, and with what their jobs tell.
@Component
class DeliveryViews {
  private final AttemptStore attempts;
  private final Operations operations;

  DeliveryViews(AttemptStore attempts, Operations operations) {
    this.attempts = attempts;
    this.operations = operations;
  }

  DeliveryView of(DeliveryStore.Row row) {
    return of(List.of(row)).getFirst();
  }

  List<DeliveryView> of(List<DeliveryStore.Row> rows) {
    var made = attempts.of(rows.stream().map(DeliveryStore.Row::id).toList());
    var pending =
        rows.stream()
            .filter(r -> r.status() == DeliveryStatus.PENDING)
            .map(DeliveryStore.Row::job)
            .filter(Objects::nonNull)
            .map(JobId::new)
            .toList();
    Map<UUID, JobView> jobs =
        operations.jobs(pending).stream()
            .collect(Collectors.toMap(j -> j.id().value(), Function.identity()));
    return rows.stream()
        .map(r ->
            view(
                r,
                made.getOrDefault(r.id(), List.of()),
                r.job() == null ? null : jobs.get(r.job())))
        .toList();
  }

  private static DeliveryView view(
      DeliveryStore.Row row, List<Attempt> attempts, @Nullable JobView job) {
    return new DeliveryView(
        row.id(),
        row.webhook(),
        row.message(),
        row.event(),
        row.origin(),
        row.redeliveryOf(),
        row.type(),
        status(row, job).sql(),
        row.body(),
        row.job(),
        row.createdAt(),
        row.endedAt(),
        job == null ? null : job.wakeAt(),
        attempts);
  }

  /// A job that was cancelled, or ended for a reason of the engine's, leaves its delivery pending.
  private static DeliveryStatus status(DeliveryStore.Row row, @Nullable JobView job) {
    if (job == null) {
      return row.status();
    }
    return switch (job.state()) {
      case CANCELLED -> DeliveryStatus.DISCARDED;
      case DEADLETTER -> DeliveryStatus.FAILED;
      case QUEUED, WORKING, WAITING, RETRYABLE, DONE -> row.status();
    };
  }
}
