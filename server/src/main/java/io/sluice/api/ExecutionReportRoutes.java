package io.sluice.api;

import io.sluice.engine.Operations.QueueView;
import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.ExecutionMetrics;
import io.sluice.workflow.ExecutionMetrics.Window;
import io.sluice.workflow.ExecutionReports;
import io.sluice.workflow.ExecutionReports.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The numbers of executions.
@RestController
@RequestMapping({"/api/v1", "/api/v1/orchestration"})
class ExecutionReportRoutes {
  private static final int MOST_BUCKETS = 500;
  private static final Duration LONGEST = Duration.ofDays(400);

  private final ExecutionReports reports;
  private final CurrentTenant tenant;
  private final InstantSource clock;

  ExecutionReportRoutes(ExecutionReports reports, CurrentTenant tenant, InstantSource clock) {
    this.reports = reports;
    this.tenant = tenant;
    this.clock = clock;
  }

  @GetMapping("/workflows/{id}/metrics")
  ExecutionMetrics ofWorkflow(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "P1D") String period,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "24") int buckets) {
    return reports.metrics(tenant.get(), window(id, new Span(period, from, to), buckets));
  }

  @GetMapping("/executions/metrics")
  ExecutionMetrics ofAll(
      @RequestParam(defaultValue = "P1D") String period,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "24") int buckets) {
    return reports.metrics(tenant.get(), window(null, new Span(period, from, to), buckets));
  }

  /// A span of time as it is asked for: `from` and `to`, or so long before now.
  private record Span(String period, @Nullable Instant from, @Nullable Instant to) {}

  private Window window(@Nullable UUID workflow, Span span, int buckets) {
    if (buckets < 1 || buckets > MOST_BUCKETS) {
      throw new Page.RequestProblem("BAD_PARAMETER", "buckets", "must be 1 to " + MOST_BUCKETS);
    }
    // What is created in this very moment is in it.
    var to = span.to() == null ? clock.instant().plusSeconds(1) : span.to();
    var from = span.from() == null ? to.minus(length(span.period())) : span.from();
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new Page.RequestProblem(
          "BAD_PARAMETER",
          "from",
          "must lie before 'to', by " + LONGEST.toDays() + " days at most");
    }
    return new Window(workflow, from, to, buckets);
  }

  private static Duration length(String period) {
    try {
      var length = Duration.parse(period);
      if (!length.isNegative() && !length.isZero() && length.compareTo(LONGEST) <= 0) {
        return length;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new Page.RequestProblem(
        "BAD_PARAMETER", "period", "is a duration of ISO 8601, e.g. PT1H or P7D");
  }

  @GetMapping("/executions/queue")
  Page<QueueView> queue() {
    return Page.all(reports.queues());
  }

  @GetMapping("/executions/health")
  Health health() {
    return reports.health(tenant.get());
  }
}
