package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.TestRuns.ExecutionFilter;
import io.sluice.testing.run.TestRuns.History;
import io.sluice.testing.run.TestRuns.How;
import io.sluice.testing.run.TestRuns.NewRun;
import io.sluice.testing.run.TestRuns.Scheduled;
import io.sluice.testing.run.TestRuns.Trigger;
import io.sluice.testing.run.ValidationView;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import tools.jackson.databind.json.JsonMapper;

/// Executions of tests and their validations; and the short ways to start some.
@RestController
@RequestMapping("/api/v1")
class TestExecutionRoutes {
  private final TestRuns runs;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  TestExecutionRoutes(
      TestRuns runs, CurrentTenant tenant, Idempotency idempotency, JsonMapper mapper) {
    this.runs = runs;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// How a start differs from the usual.
  ///
  /// @param testRunId a pending run that it belongs to; a batch needs one
  record Config(
      @Nullable UUID testRunId,
      @Nullable List<String> languages,
      @Nullable String triggerType,
      @Nullable Map<String, @Nullable Object> triggerMetadata,
      @Nullable Map<String, @Nullable Object> environment,
      @Nullable Integer priority,
      @Nullable Boolean runInline,
      TestRunRoutes.@Nullable Then completion) {
    static final Config NONE = new Config(null, null, null, null, null, null, null, null);

    List<String> wanted() {
      return languages == null ? List.of() : languages;
    }

    How how(List<UUID> cases) {
      return new How(cases, wanted(), Boolean.TRUE.equals(runInline));
    }

    NewRun run(@Nullable UUID suite, List<UUID> cases) {
      return new NewRun(
          null,
          suite,
          cases,
          wanted(),
          new Trigger(
              triggerType == null ? "api" : triggerType,
              triggerMetadata == null ? Map.of() : triggerMetadata),
          environment == null ? Map.of() : environment,
          priority,
          completion == null ? null : completion.job());
    }
  }

  /// One case to execute.
  record StartCase(UUID testCaseId, @Nullable Config config) {}

  /// A suite to execute.
  record StartSuite(UUID testSuiteId, @Nullable Config config) {}

  /// Cases of a pending run to execute.
  record StartBatch(List<UUID> testCaseIds, @Nullable Config config) {}

  @PostMapping("/executions/case")
  ResponseEntity<?> startCase(
      @RequestBody StartCase start,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var config = start.config() == null ? Config.NONE : start.config();
    var cases = List.of(start.testCaseId());
    return started(
        key,
        "case",
        start,
        () ->
            config.testRunId() == null
                ? fresh(config.run(null, cases), config)
                : runs.schedule(tenant.get(), config.testRunId(), config.how(cases), tenant.who()));
  }

  @PostMapping("/executions/suite")
  ResponseEntity<?> startSuite(
      @RequestBody StartSuite start,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var config = start.config() == null ? Config.NONE : start.config();
    return started(
        key, "suite", start, () -> fresh(config.run(start.testSuiteId(), List.of()), config));
  }

  @PostMapping("/executions/batch")
  ResponseEntity<?> startBatch(
      @RequestBody StartBatch start,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var config = start.config() == null ? Config.NONE : start.config();
    var run = config.testRunId();
    if (run == null) {
      throw new RunProblem.MissingRun("/config/testRunId");
    }
    return started(
        key,
        "batch",
        start,
        () -> runs.schedule(tenant.get(), run, config.how(start.testCaseIds()), tenant.who()));
  }

  private Scheduled fresh(NewRun wanted, Config config) {
    var run = runs.create(tenant.get(), wanted, tenant.who());
    return runs.schedule(tenant.get(), run.testRunId(), config.how(List.of()), tenant.who());
  }

  private ResponseEntity<?> started(
      @Nullable String key,
      String what,
      Object request,
      java.util.function.Supplier<Object> action) {
    return idempotency.once(
        key,
        "POST /executions/" + what,
        mapper.writeValueAsString(request),
        HttpStatus.ACCEPTED,
        action);
  }

  @PostMapping("/executions/{id}/validate")
  ValidationView validate(@PathVariable UUID id) {
    return runs.validate(tenant.get(), id, tenant.who());
  }

  @GetMapping("/test-executions")
  Page<ExecutionView> list(
      @RequestParam(required = false) @Nullable UUID testRunId,
      @RequestParam(required = false) @Nullable UUID testCaseId,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var filter = new ExecutionFilter(testRunId, testCaseId, status, outcome, language);
    var read = runs.executions(tenant.get(), filter, Page.after(cursor), size + 1);
    return Page.of(read, size, ExecutionView::executionId, one -> one);
  }

  @GetMapping("/test-executions/{id}")
  ExecutionDetail get(@PathVariable UUID id) {
    return runs.execution(tenant.get(), id);
  }

  @GetMapping("/test-executions/{id}/artifacts/{artifact}")
  ResponseEntity<byte[]> artifact(@PathVariable UUID id, @PathVariable UUID artifact) {
    var kept = runs.artifact(tenant.get(), id, artifact);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, kept.mediaType())
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
        .body(kept.bytes());
  }

  @GetMapping("/validations/{id}")
  ValidationView validation(@PathVariable UUID id) {
    return runs.validation(tenant.get(), id);
  }

  @GetMapping("/test-cases/{id}/history")
  History history(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(defaultValue = "50") int limit) {
    return runs.history(tenant.get(), id, language, Page.limit(limit));
  }
}
