package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.TestRuns.Comparison;
import io.sluice.testing.run.TestRuns.Completion;
import io.sluice.testing.run.TestRuns.ExecutionFilter;
import io.sluice.testing.run.TestRuns.How;
import io.sluice.testing.run.TestRuns.NewRun;
import io.sluice.testing.run.TestRuns.RevisionLine;
import io.sluice.testing.run.TestRuns.Scheduled;
import io.sluice.testing.run.TestRuns.Trigger;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs of tests.
@RestController
@RequestMapping("/api/v1/test-runs")
class TestRunRoutes {
  private final TestRuns runs;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  TestRunRoutes(TestRuns runs, CurrentTenant tenant, Idempotency idempotency, JsonMapper mapper) {
    this.runs = runs;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// What a run is made of: a suite, or cases.
  record Create(
      @Nullable String name,
      @Nullable UUID suiteId,
      @Nullable List<UUID> testCaseIds,
      @Nullable List<String> languages,
      @Nullable String triggerType,
      @Nullable Map<String, @Nullable Object> triggerMetadata,
      @Nullable Map<String, @Nullable Object> environment,
      @Nullable Integer priority,
      @Nullable Then completion) {
    NewRun run() {
      return new NewRun(
          name,
          suiteId,
          testCaseIds == null ? List.of() : testCaseIds,
          languages == null ? List.of() : languages,
          new Trigger(
              triggerType == null ? "manual" : triggerType,
              triggerMetadata == null ? Map.of() : triggerMetadata),
          environment == null ? Map.of() : environment,
          priority,
          completion == null ? null : completion.job());
    }
  }

  /// A job to enqueue when the run is over.
  record Then(String kind, JsonNode input) {
    Completion job() {
      return new Completion(kind, input);
    }
  }

  /// How a run is scheduled.
  record Schedule(
      @Nullable List<UUID> testCaseIds,
      @Nullable List<String> languages,
      @Nullable Boolean runInline) {
    How how() {
      return new How(
          testCaseIds == null ? List.of() : testCaseIds,
          languages == null ? List.of() : languages,
          Boolean.TRUE.equals(runInline));
    }
  }

  @PostMapping
  ResponseEntity<?> create(
      @RequestBody Create create,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /test-runs",
        mapper.writeValueAsString(create),
        HttpStatus.CREATED,
        () -> runs.create(tenant.get(), create.run(), tenant.who()));
  }

  @GetMapping
  Page<RunView> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable UUID suiteId,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter = new TestRuns.Filter(status, suiteId);
    var read = runs.list(tenant.get(), filter, Page.after(cursor), size + 1);
    return Page.of(read, size, RunView::testRunId, run -> run);
  }

  @GetMapping("/{id}")
  RunView get(@PathVariable UUID id) {
    return runs.get(tenant.get(), id);
  }

  @PostMapping("/{id}/schedule")
  ResponseEntity<?> schedule(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable Schedule schedule,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var how = schedule == null ? How.USUAL : schedule.how();
    return idempotency.once(
        key,
        "POST /test-runs/schedule",
        id + " " + mapper.writeValueAsString(how),
        HttpStatus.ACCEPTED,
        () -> runs.schedule(tenant.get(), id, how, tenant.who()));
  }

  @PostMapping("/{id}/cancel")
  RunView cancel(@PathVariable UUID id) {
    return runs.cancel(tenant.get(), id, tenant.who());
  }

  @PostMapping("/{id}/rerun-failed")
  ResponseEntity<Scheduled> rerunFailed(@PathVariable UUID id) {
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .body(runs.rerunFailed(tenant.get(), id, tenant.who()));
  }

  @GetMapping("/{id}/executions")
  Page<ExecutionView> executions(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(required = false) @Nullable UUID testCaseId,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter = new ExecutionFilter(id, testCaseId, status, outcome, language);
    var read = runs.executions(tenant.get(), filter, Page.after(cursor), size + 1);
    return Page.of(read, size, ExecutionView::executionId, one -> one);
  }

  @GetMapping("/{id}/revisions")
  Page<RevisionLine> revisions(@PathVariable UUID id) {
    return Page.all(runs.revisions(tenant.get(), id));
  }

  @GetMapping("/compare")
  Comparison compare(@RequestParam UUID a, @RequestParam UUID b) {
    return runs.compare(tenant.get(), a, b);
  }
}
