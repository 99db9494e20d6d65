package io.sluice.workflow.work;

import io.sluice.engine.Operations;
import io.sluice.engine.Operations.QueueView;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionMetrics;
import io.sluice.workflow.ExecutionMetrics.Bucket;
import io.sluice.workflow.ExecutionMetrics.Durations;
import io.sluice.workflow.ExecutionMetrics.StepMetrics;
import io.sluice.workflow.ExecutionMetrics.Window;
import io.sluice.workflow.ExecutionReports;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.store.ExecutionMetricsStore;
import io.sluice.workflow.store.ExecutionMetricsStore.Group;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The numbers of executions.
@Service
class ReportService implements ExecutionReports {
  private static final int MOST_RUNS = 100_000;
  private static final int MOST_RUNS_OF_STEPS = 10_000;
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final long ENOUGH_TO_JUDGE = 10;
  private static final Set<String> QUEUES =
      Set.of(WorkflowKinds.EXECUTION.queue(), WorkflowKinds.ITEM.queue());

  private final ExecutionMetricsStore store;
  private final Operations operations;
  private final InstantSource clock;

  ReportService(ExecutionMetricsStore store, Operations operations, InstantSource clock) {
    this.store = store;
    this.operations = operations;
    this.clock = clock;
  }

  @Override
  public ExecutionMetrics metrics(TenantId tenant, Window window) {
    var groups = store.summary(tenant, window, MOST_RUNS);
    var steps =
        store.steps(tenant, window, MOST_RUNS_OF_STEPS).stream()
            .filter(s -> s.step().indexOf('#') < 0)
            .toList();
    var counts = counts(groups, null);
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return new ExecutionMetrics(
        window.from(),
        window.to(),
        counts,
        successRate(counts),
        durations(groups, null),
        steps.stream().mapToLong(StepMetrics::retries).sum() + attempts(groups),
        buckets(window, groups),
        steps,
        store.causes(tenant, window, MOST_RUNS),
        all >= MOST_RUNS);
  }

  private static List<Bucket> buckets(Window window, List<Group> groups) {
    var width = Duration.between(window.from(), window.to()).dividedBy(window.buckets());
    var buckets = new ArrayList<Bucket>();
    for (int i = 1; i <= window.buckets(); i++) {
      Instant from = window.from().plus(width.multipliedBy(i - 1));
      Instant to = i == window.buckets() ? window.to() : from.plus(width);
      var counts = counts(groups, i);
      buckets.add(new Bucket(from, to, counts, successRate(counts), durations(groups, i)));
    }
    return buckets;
  }

  /// By status, in the order of the statuses; those that do not occur are left out.
  private static Map<String, Long> counts(List<Group> groups, @Nullable Integer bucket) {
    var counts = new LinkedHashMap<String, Long>();
    for (var status : ExecutionStatus.names()) {
      groups.stream()
          .filter(g -> Objects.equals(g.bucket(), bucket) && status.equals(g.status()))
          .forEach(g -> counts.put(status, g.count()));
    }
    return counts;
  }

  private static Durations durations(List<Group> groups, @Nullable Integer bucket) {
    return groups.stream()
        .filter(g -> Objects.equals(g.bucket(), bucket) && g.status() == null)
        .findFirst()
        .map(Group::durations)
        .orElse(Durations.NONE);
  }

  private static long attempts(List<Group> groups) {
    return groups.stream()
        .filter(g -> g.bucket() == null && g.status() == null)
        .mapToLong(Group::attempts)
        .sum();
  }

  /// Cancelled ones neither succeeded nor failed.
  private static @Nullable Double successRate(Map<String, Long> counts) {
    long good = counts.getOrDefault(ExecutionStatus.COMPLETED.sql(), 0L);
    long bad =
        counts.getOrDefault(ExecutionStatus.FAILED.sql(), 0L)
            + counts.getOrDefault(ExecutionStatus.TIMED_OUT.sql(), 0L);
    return good + bad == 0 ? null : (double) good / (good + bad);
  }

  @Override
  public List<QueueView> queues() {
    return operations.queues().stream().filter(q -> QUEUES.contains(q.name())).toList();
  }

  @Override
  public Health health(TenantId tenant) {
    var now = clock.instant();
    var queues = queues();
    var counts =
        counts(
            store.summary(
                tenant, new Window(null, now.minus(Duration.ofHours(1)), now, 1), MOST_RUNS),
            null);
    var oldest =
        queues.stream()
            .map(QueueView::oldestReady)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new Health(
        status(queues, oldest, counts, now),
        queues.stream().mapToLong(QueueView::ready).sum(),
        oldest,
        queues.stream().mapToLong(QueueView::working).sum(),
        queues.stream().mapToLong(q -> q.waiting() + q.retryable() + q.held()).sum(),
        store.held(tenant),
        counts,
        successRate(counts));
  }

  private static String status(
      List<QueueView> queues, @Nullable Instant oldest, Map<String, Long> counts, Instant now) {
    if (queues.stream().anyMatch(q -> q.pausedAt() != null)) {
      return "paused";
    }
    if (oldest != null && oldest.plus(LATE).isBefore(now)) {
      return "behind";
    }
    var rate = successRate(counts);
    long ended = counts.values().stream().mapToLong(Long::longValue).sum();
    return rate != null && rate < 0.5 && ended >= ENOUGH_TO_JUDGE ? "failing" : "up";
  }
}
