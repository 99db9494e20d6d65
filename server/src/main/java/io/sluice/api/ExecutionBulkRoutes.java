package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.BulkExecutions;
import io.sluice.workflow.BulkExecutions.Action;
import io.sluice.workflow.BulkExecutions.Bulk;
import io.sluice.workflow.BulkExecutions.Confirmation;
import java.util.Arrays;
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
import org.springframework.web.bind.annotation.RestController;

/// What is done to many executions of workflows at once.
@RestController
@RequestMapping({"/api/v1/executions/bulk", "/api/v1/orchestration/executions/bulk"})
class ExecutionBulkRoutes {
  private final BulkExecutions bulk;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  ExecutionBulkRoutes(BulkExecutions bulk, CurrentTenant tenant, Idempotency idempotency) {
    this.bulk = bulk;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  /// What is to be done to which.
  ///
  /// @param filter absent: all
  /// @param dryRun true: only count
  /// @param confirm of the count's answer; needed unless it is a dry run
  record Request(
      String action,
      @Nullable ExecutionQuery filter,
      @Nullable Boolean dryRun,
      @Nullable String confirm) {}

  /// What was counted.
  record Counted(String action, boolean dryRun, long matched, String confirm) {}

  /// What is being done.
  ///
  /// @param changed how many could be changed; absent before the end
  record Answer(
      UUID bulkId, String action, String status, long matched, long done, @Nullable Long changed) {
    static Answer of(Bulk bulk) {
      return new Answer(
          bulk.id(),
          bulk.action().json(),
          bulk.status().sql(),
          bulk.matched(),
          bulk.done(),
          bulk.changed());
    }
  }

  @PostMapping
  ResponseEntity<?> bulk(
      @RequestBody Request request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var action = action(request.action());
    var filter =
        request.filter() == null
            ? io.sluice.workflow.ExecutionFilter.ALL
            : request.filter().filter();
    if (Boolean.TRUE.equals(request.dryRun())) {
      var counted = bulk.count(tenant.get(), action, filter);
      return ResponseEntity.ok(
          new Counted(action.json(), true, counted.matched(), counted.confirm()));
    }
    return idempotency.once(
        key,
        "POST /executions/bulk",
        request.toString(),
        HttpStatus.ACCEPTED,
        () ->
            Answer.of(
                bulk.run(
                    tenant.get(),
                    action,
                    filter,
                    new Confirmation(request.confirm(), tenant.who()))));
  }

  private static Action action(@Nullable String name) {
    return Arrays.stream(Action.values())
        .filter(a -> a.json().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Page.RequestProblem(
                "BAD_PARAMETER",
                "action",
                "is one of " + Arrays.stream(Action.values()).map(Action::json).toList()));
  }

  @GetMapping("/{bulkId}")
  Answer get(@PathVariable UUID bulkId) {
    return Answer.of(bulk.get(tenant.get(), bulkId));
  }
}
