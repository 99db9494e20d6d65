package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionReports;
import io.sluice.workflow.ExecutionReports.Health;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.ExecutionRequest.Options;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Json;
import io.sluice.workflow.Reference;
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Definitions that come with a request, under the paths of the orchestrator that was before.
@RestController
class OrchestrationRoutes {
  private static final List<ExecutionStatus> ACTIVE =
      List.of(
          ExecutionStatus.PENDING,
          ExecutionStatus.QUEUED,
          ExecutionStatus.RUNNING,
          ExecutionStatus.WAITING);

  private final Executions executions;
  private final ExecutionReports reports;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  OrchestrationRoutes(
      Executions executions,
      ExecutionReports reports,
      CurrentTenant tenant,
      Idempotency idempotency,
      JsonMapper mapper) {
    this.executions = executions;
    this.reports = reports;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// A definition, and what it is given.
  record Request(
      JsonNode definition, @Nullable JsonNode input, @Nullable Map<String, String> labels) {}

  /// What became of a request.
  ///
  /// @param requestId the execution's id
  record Answer(
      UUID requestId,
      String name,
      String status,
      @Nullable Json result,
      ExecutionAnswer.@Nullable Failure error,
      Instant createdAt,
      @Nullable Instant finishedAt,
      @Nullable Long durationMillis) {
    static Answer of(ExecutionView view) {
      return new Answer(
          view.id(),
          view.workflowName(),
          view.status().sql(),
          ExecutionAnswer.json(view.output()),
          ExecutionAnswer.Failure.of(view.error()),
          view.times().createdAt(),
          view.times().finishedAt(),
          view.durationMillis());
    }
  }

  @PostMapping("/api/orchestration/execute")
  ResponseEntity<?> execute(
      @RequestBody Request request,
      @RequestParam(required = false) @Nullable String wait,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var patience = ExecutionStartRoutes.patience(wait);
    if (request.definition() == null) {
      throw new Page.RequestProblem("BAD_PARAMETER", "definition", "is missing");
    }
    var answer =
        idempotency.once(
            key,
            "POST /api/orchestration/execute",
            request.toString(),
            HttpStatus.ACCEPTED,
            () -> Answer.of(executions.get(tenant.get(), start(request, key))));
    if (patience.isZero()) {
      return answer;
    }
    return executions
        .await(tenant.get(), id(answer), patience)
        .<ResponseEntity<?>>map(e -> ResponseEntity.ok(Answer.of(e)))
        .orElse(answer);
  }

  private UUID start(Request request, @Nullable String key) {
    var input = request.input() == null ? null : mapper.convertValue(request.input(), Object.class);
    var labels = request.labels() == null ? Map.<String, String>of() : request.labels();
    // It is in no workflow: which is meant is not asked.
    var wish =
        ExecutionRequest.manual(new Reference("", null, null), input, tenant.who())
            .withKey(key)
            .withOptions(new Options(null, null, labels));
    return executions
        .startAdHoc(tenant.get(), mapper.writeValueAsString(request.definition()), wish)
        .id();
  }

  private static UUID id(ResponseEntity<?> answer) {
    return switch (answer.getBody()) {
      case Answer fresh -> fresh.requestId();
      case JsonNode stored -> UUID.fromString(stored.path("requestId").asString(""));
      case null, default -> throw new IllegalStateException("a request was answered");
    };
  }

  @GetMapping("/api/orchestration/active")
  Page<Answer> active(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var read =
        executions.list(tenant.get(), ExecutionFilter.ALL.in(ACTIVE), Page.after(cursor), size + 1);
    return Page.of(read, size, ExecutionView::id, Answer::of);
  }

  @GetMapping("/api/orchestration/active/{requestId}")
  Answer active(@PathVariable UUID requestId) {
    return Answer.of(executions.get(tenant.get(), requestId));
  }

  @GetMapping("/api/v1/orchestration/health")
  Health health() {
    return reports.health(tenant.get());
  }
}
