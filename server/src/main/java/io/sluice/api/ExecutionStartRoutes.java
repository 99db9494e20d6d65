package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.ExecutionRequest.Options;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Reference;
import io.sluice.workflow.dryrun.DryRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Starts executions of workflows.
@RestController
@RequestMapping({"/api/v1/workflows/{id}", "/api/v1/orchestration/workflows/{id}"})
class ExecutionStartRoutes {
  private static final int MOST_AT_ONCE = 1_000;

  private final Executions executions;
  private final DryRuns dryRuns;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final JsonMapper mapper;

  ExecutionStartRoutes(
      Executions executions,
      DryRuns dryRuns,
      CurrentTenant tenant,
      Idempotency idempotency,
      JsonMapper mapper) {
    this.executions = executions;
    this.dryRuns = dryRuns;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.mapper = mapper;
  }

  /// What is to be executed.
  ///
  /// @param input whatever the workflow takes; absent: null
  /// @param inputs in place of `input`: one execution for each
  /// @param version absent: see alias
  /// @param alias absent, and no version either: the latest version
  /// @param priority lower is more urgent, −100 to 100
  /// @param runAt not before
  /// @param labels to find it by
  /// @param dryRun true: without a call, over what `results` says; nothing is kept
  /// @param results of a dry run: by step, `{output: …}` or `{error: {code: …}}`, or a list of
  ///   these
  record Request(
      @Nullable JsonNode input,
      @Nullable List<JsonNode> inputs,
      @Nullable Integer version,
      @Nullable String alias,
      @Nullable Integer priority,
      @Nullable Instant runAt,
      @Nullable Map<String, String> labels,
      @Nullable Boolean dryRun,
      @Nullable Map<String, JsonNode> results) {
    static final Request EMPTY = new Request(null, null, null, null, null, null, null, null, null);

    Options options() {
      return new Options(priority, runAt, labels == null ? Map.of() : labels);
    }
  }

  /// Ids of what was started.
  record StartedAll(List<UUID> executionIds) {}

  @PostMapping("/execute")
  ResponseEntity<?> execute(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Request body,
      @RequestParam(required = false) @Nullable String wait,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var patience = patience(wait);
    var request = body == null ? Request.EMPTY : body;
    var wish =
        ExecutionRequest.manual(
                new Reference(id, request.version(), request.alias()),
                plain(request.input()),
                tenant.who())
            .withOptions(request.options());
    if (Boolean.TRUE.equals(request.dryRun())) {
      return ResponseEntity.ok(dry(wish, request));
    }
    var route = "POST /workflows/execute";
    var fingerprint = id + " " + request;
    var inputs = request.inputs();
    if (inputs != null) {
      return idempotency.once(
          key, route, fingerprint, HttpStatus.ACCEPTED, () -> startAll(wish, inputs));
    }
    var answer =
        idempotency.once(
            key,
            route,
            fingerprint,
            HttpStatus.ACCEPTED,
            () -> {
              var started = executions.start(tenant.get(), wish.withKey(key));
              return ExecutionAnswer.of(executions.get(tenant.get(), started.id()));
            });
    return patience.isZero() ? answer : awaited(answer, patience);
  }

  private DryAnswer dry(ExecutionRequest wish, Request request) {
    var results = new HashMap<String, @Nullable Object>();
    if (request.results() != null) {
      request.results().forEach((step, given) -> results.put(step, plain(given)));
    }
    return DryAnswer.of(dryRuns.run(tenant.get(), wish.workflow(), wish.input(), results));
  }

  private StartedAll startAll(ExecutionRequest wish, List<JsonNode> inputs) {
    if (inputs.isEmpty() || inputs.size() > MOST_AT_ONCE) {
      throw new Page.RequestProblem("BAD_PARAMETER", "inputs", "must be 1 to " + MOST_AT_ONCE);
    }
    var values = new ArrayList<@Nullable Object>();
    inputs.forEach(input -> values.add(plain(input)));
    return new StartedAll(executions.startAll(tenant.get(), wish, values));
  }

  /// The execution as it ended, if that was in time; else the answer as it was.
  private ResponseEntity<?> awaited(ResponseEntity<?> answer, Duration patience) {
    var id =
        switch (answer.getBody()) {
          case ExecutionAnswer execution -> execution.executionId();
          case JsonNode stored -> UUID.fromString(stored.path("executionId").asString(""));
          case null, default -> throw new IllegalStateException("an execution was answered");
        };
    return executions
        .await(tenant.get(), id, patience)
        .<ResponseEntity<?>>map(e -> ResponseEntity.ok(ExecutionAnswer.of(e)))
        .orElse(answer);
  }

  private @Nullable Object plain(@Nullable JsonNode node) {
    return node == null ? null : mapper.convertValue(node, Object.class);
  }

  /// How long a request waits for the end, within bounds.
  static Duration patience(@Nullable String wait) {
    var longest = Duration.ofMinutes(1);
    try {
      var patience = wait == null ? Duration.ZERO : Duration.parse(wait);
      if (!patience.isNegative() && patience.compareTo(longest) <= 0) {
        return patience;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new Page.RequestProblem(
        "BAD_PARAMETER", "wait", "is a duration of ISO 8601, PT1M at most, e.g. PT10S");
  }
}
