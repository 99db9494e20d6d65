package io.sluice.api;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.DeadLetterGroup;
import io.sluice.engine.Operations.QueueView;
import io.sluice.engine.WhyNot;
import io.sluice.platform.CurrentTenant;
import io.sluice.platform.Problem;
import io.sluice.workflow.Executions;
import io.sluice.workflow.WorkflowKinds;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Jobs, dead letters and queues: the engine's own words.
@RestController
@RequestMapping("/api/v1")
class JobRoutes {
  private static final int MOST_REDRIVEN = 10_000;

  private final Jobs jobs;
  private final Operations operations;
  private final CurrentTenant tenant;
  private final Executions executions;
  private final Idempotency idempotency;

  JobRoutes(
      Jobs jobs,
      Operations operations,
      Executions executions,
      CurrentTenant tenant,
      Idempotency idempotency) {
    this.jobs = jobs;
    this.operations = operations;
    this.executions = executions;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  /// A job whose state does not allow what was asked.
  static final class NotNow extends Problem {
    NotNow(JobId job, String detail) {
      super(Sort.CONFLICT, "JOB_STATE", "Job " + job + " " + detail);
    }
  }

  @GetMapping("/jobs")
  Page<JobAnswer> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var after = Page.after(cursor);
    var filter =
        new JobFilter(tenant.get(), state == null ? null : state(state), kind, queue, null);
    var read = operations.jobs(filter, after == null ? null : new JobId(after), size + 1);
    return Page.of(read, size, j -> j.id().value(), JobAnswer::of);
  }

  private static JobState state(String name) {
    return Arrays.stream(JobState.values())
        .filter(s -> s.sql().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Page.RequestProblem(
                "BAD_STATE",
                "state",
                "is one of " + Arrays.stream(JobState.values()).map(JobState::sql).toList()));
  }

  @GetMapping("/jobs/{id}")
  JobAnswer get(@PathVariable UUID id) {
    var job = job(id);
    return JobAnswer.of(
        operations.job(job).orElseThrow(() -> new EngineProblem.UnknownJob(job)),
        operations.history(job),
        operations.explain(job).stream().map(WhyNot::text).toList());
  }

  /// The id, if it is a job of the tenant's: another tenant's is as unknown as none.
  private JobId job(UUID id) {
    var job = new JobId(id);
    return operations
        .job(job)
        .filter(j -> j.tenant().equals(tenant.get()))
        .map(j -> j.id())
        .orElseThrow(() -> new EngineProblem.UnknownJob(job));
  }

  @PostMapping("/jobs/{id}/retry")
  ResponseEntity<?> retry(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key, "POST /jobs/retry", id.toString(), HttpStatus.ACCEPTED, () -> retry(job(id)));
  }

  private JobAnswer retry(JobId job) {
    var view = operations.job(job).orElseThrow();
    boolean failed = view.state() == JobState.DEADLETTER || view.state() == JobState.CANCELLED;
    if (failed && view.kind().equals(WorkflowKinds.EXECUTION.name())) {
      // It takes along what its failed step had started; alone it would see that fail again.
      executions.retry(tenant.get(), job.value(), tenant.who());
    } else if (!operations.retry(job, tenant.who())) {
      throw new NotNow(job, "is queued, working or done: there is nothing to retry");
    }
    return JobAnswer.of(operations.job(job).orElseThrow());
  }

  @PostMapping("/jobs/{id}/cancel")
  JobAnswer cancel(@PathVariable UUID id) {
    var job = job(id);
    if (jobs.cancel(job, tenant.who()) == 0) {
      throw new NotNow(job, "has ended: there is nothing to cancel");
    }
    return JobAnswer.of(operations.job(job).orElseThrow());
  }

  @GetMapping("/dead-letters")
  Page<DeadLetterGroup> deadLetters() {
    return Page.all(operations.deadLetters(tenant.get()));
  }

  /// Which dead letters to redrive: every part that is absent matches all.
  record Redrive(@Nullable String kind, @Nullable String cause, @Nullable Integer limit) {}

  /// How many were redriven.
  record Redriven(int redriven) {}

  @PostMapping("/dead-letters/redrive")
  ResponseEntity<?> redrive(
      @RequestBody Redrive request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /dead-letters/redrive",
        request.toString(),
        HttpStatus.OK,
        () -> redrive(request));
  }

  private Redriven redrive(Redrive request) {
    int limit = request.limit() == null ? MOST_REDRIVEN : request.limit();
    if (limit < 1 || limit > MOST_REDRIVEN) {
      throw new Page.RequestProblem("BAD_LIMIT", "limit", "must be 1 to " + MOST_REDRIVEN);
    }
    var filter = JobFilter.ALL.of(tenant.get()).ofKind(request.kind()).withCause(request.cause());
    return new Redriven(operations.redrive(filter, limit, tenant.who()));
  }

  @GetMapping("/queues")
  Page<QueueView> queues() {
    return Page.all(operations.queues());
  }

  @PostMapping("/queues/{name}/pause")
  QueueView pause(@PathVariable String name) {
    known(name);
    operations.pause(name, tenant.who());
    return queue(name);
  }

  @PostMapping("/queues/{name}/resume")
  QueueView resume(@PathVariable String name) {
    known(name);
    operations.resume(name, tenant.who());
    return queue(name);
  }

  /// There is no such queue.
  static final class UnknownQueue extends Problem {
    UnknownQueue(String name) {
      super(
          Sort.NOT_FOUND,
          "UNKNOWN_QUEUE",
          "There is no queue '" + name + "'; GET /api/v1/queues lists them");
    }
  }

  private void known(String name) {
    queue(name);
  }

  private QueueView queue(String name) {
    return operations.queues().stream()
        .filter(q -> q.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownQueue(name));
  }

  /// The types whose names a caller may meet.
  static List<String> states() {
    return Arrays.stream(JobState.values()).map(JobState::sql).toList();
  }
}
