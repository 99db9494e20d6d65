package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Executions.Address;
import io.sluice.workflow.Executions.Fork;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What can be done to an execution of a workflow.
@RestController
@RequestMapping({"/api/v1/executions/{id}", "/api/v1/orchestration/executions/{id}"})
class ExecutionTurnRoutes {
  private final Executions executions;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  ExecutionTurnRoutes(
      Executions executions, CurrentTenant tenant, Idempotency idempotency, JsonMapper mapper) {
    this.executions = executions;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  @PostMapping("/cancel")
  ExecutionAnswer cancel(@PathVariable UUID id) {
    return ExecutionAnswer.of(executions.cancel(tenant.get(), id, tenant.who()));
  }

  @PostMapping("/pause")
  ExecutionAnswer pause(@PathVariable UUID id) {
    return ExecutionAnswer.of(executions.pause(tenant.get(), id, tenant.who()));
  }

  @PostMapping("/resume")
  ExecutionAnswer resume(@PathVariable UUID id) {
    return ExecutionAnswer.of(executions.resume(tenant.get(), id, tenant.who()));
  }

  @PostMapping("/retry")
  ResponseEntity<?> retry(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /executions/retry",
        id.toString(),
        HttpStatus.ACCEPTED,
        () -> ExecutionAnswer.of(executions.retry(tenant.get(), id, tenant.who())));
  }

  /// The payload is the body, whatever JSON it is; none is null.
  ///
  /// @param item which item of the FOR_EACH around the step; of several, outermost first
  @PostMapping("/signals/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signal(
      @PathVariable UUID id,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable List<Integer> item,
      @RequestBody(required = false) @Nullable JsonNode payload) {
    var to = new Address(name, item == null ? List.of() : item);
    executions.signal(tenant.get(), id, to, plain(payload));
  }

  /// How a fork is to be.
  ///
  /// @param fromStep the first step that runs again
  /// @param input absent: that of the original
  /// @param version of the same workflow; absent: that of the original
  /// @param outputs by step, what it is to have given
  record ForkRequest(
      String fromStep,
      @Nullable JsonNode input,
      @Nullable Integer version,
      @Nullable Map<String, JsonNode> outputs) {}

  /// What a fork did.
  record ForkAnswer(ExecutionAnswer execution, List<String> carriedOver, List<String> differing) {}

  @PostMapping("/fork")
  ResponseEntity<?> fork(
      @PathVariable UUID id,
      @RequestBody ForkRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    if (request.fromStep() == null || request.fromStep().isBlank()) {
      throw new Page.RequestProblem("BAD_PARAMETER", "fromStep", "is missing");
    }
    return idempotency.once(
        key,
        "POST /executions/fork",
        id + " " + request,
        HttpStatus.ACCEPTED,
        () -> forked(id, request));
  }

  private ForkAnswer forked(UUID id, ForkRequest request) {
    var outputs = new java.util.LinkedHashMap<String, @Nullable Object>();
    if (request.outputs() != null) {
      request.outputs().forEach((step, output) -> outputs.put(step, plain(output)));
    }
    var fork =
        executions.fork(
            tenant.get(),
            id,
            new Fork(
                request.fromStep(),
                plain(request.input()),
                request.input() == null,
                request.version(),
                outputs),
            tenant.who());
    return new ForkAnswer(
        ExecutionAnswer.of(executions.get(tenant.get(), fork.id())),
        fork.carriedOver(),
        fork.differing());
  }

  private @Nullable Object plain(@Nullable JsonNode node) {
    return node == null || node.isMissingNode() ? null : mapper.convertValue(node, Object.class);
  }
}
