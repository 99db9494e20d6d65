package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Json;
import io.sluice.workflow.StepView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Executions of anything, and the steps of those of workflows.
@RestController
@RequestMapping({"/api/v1/executions", "/api/v1/orchestration/executions"})
class ExecutionRoutes {
  private final Executions executions;
  private final List<ExecutionSource> sources;
  private final CurrentTenant tenant;

  ExecutionRoutes(Executions executions, List<ExecutionSource> sources, CurrentTenant tenant) {
    this.executions = executions;
    this.sources = sources;
    this.tenant = tenant;
  }

  @GetMapping
  Page<ExecutionAnswer> list(
      @RequestParam(required = false) @Nullable List<String> type,
      @RequestParam(required = false) @Nullable UUID workflowId,
      @RequestParam(required = false) @Nullable List<String> status,
      @RequestParam(required = false) @Nullable String trigger,
      @RequestParam(required = false) @Nullable List<String> label,
      @RequestParam(required = false) @Nullable Instant createdFrom,
      @RequestParam(required = false) @Nullable Instant createdTo,
      @RequestParam(required = false) @Nullable Boolean held,
      @RequestParam(required = false) @Nullable UUID parentId,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var after = Page.after(cursor);
    var filter =
        new ExecutionQuery(
                workflowId,
                status,
                trigger,
                ExecutionQuery.labels(label),
                createdFrom,
                createdTo,
                held,
                parentId)
            .filter();
    var read =
        wanted(type).stream()
            .flatMap(s -> s.list(tenant.get(), filter, after, size + 1).stream())
            .sorted(
                Comparator.comparing((ExecutionAnswer e) -> e.executionId().toString()).reversed())
            .limit(size + 1L)
            .toList();
    return Page.of(read, size, ExecutionAnswer::executionId, e -> e);
  }

  private List<ExecutionSource> wanted(@Nullable List<String> types) {
    var known = sources.stream().map(ExecutionSource::type).sorted().toList();
    if (types == null) {
      return sources;
    }
    if (!known.containsAll(types)) {
      throw new Page.RequestProblem("BAD_PARAMETER", "type", "is one or several of " + known);
    }
    return sources.stream().filter(s -> types.contains(s.type())).toList();
  }

  @GetMapping("/{id}")
  ExecutionAnswer get(@PathVariable UUID id) {
    return sources.stream()
        .flatMap(s -> s.find(tenant.get(), id).stream())
        .findFirst()
        .orElseThrow(() -> new ExecutionProblem.Unknown(id));
  }

  @GetMapping("/{id}/steps")
  Page<StepAnswer> steps(@PathVariable UUID id) {
    return Page.all(executions.steps(tenant.get(), id).stream().map(StepAnswer::of).toList());
  }

  @GetMapping("/{id}/steps/{stepId}")
  StepAnswer step(@PathVariable UUID id, @PathVariable String stepId) {
    return StepAnswer.of(executions.step(tenant.get(), id, stepId));
  }

  @GetMapping("/{id}/steps/{stepId}/items")
  Page<StepAnswer.Item> items(
      @PathVariable UUID id,
      @PathVariable String stepId,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    int from = cursor == null ? 0 : Ords.read(cursor);
    var read = executions.items(tenant.get(), id, stepId, from, size + 1);
    var next = read.size() > size ? Ords.write((int) read.get(size).index()) : null;
    return new Page<>(read.stream().limit(size).map(StepAnswer.Item::of).toList(), next);
  }

  @GetMapping("/{id}/transitions")
  Page<JobAnswer.Line> transitions(@PathVariable UUID id) {
    return Page.all(
        executions.transitions(tenant.get(), id).stream().map(JobAnswer.Line::of).toList());
  }

  /// How far an execution is.
  ///
  /// @param steps by state, how many
  /// @param percent of the steps that are over
  record Progress(
      String status,
      boolean held,
      int total,
      int over,
      int percent,
      Map<String, Long> steps,
      List<String> running,
      ExecutionAnswer.@Nullable Progress items) {}

  @GetMapping("/{id}/progress")
  Progress progress(@PathVariable UUID id) {
    var execution = get(id);
    var steps =
        execution.type().equals(WorkflowExecutions.TYPE)
            ? executions.steps(tenant.get(), id)
            : List.<StepView>of();
    int over = (int) steps.stream().filter(s -> s.state().over()).count();
    return new Progress(
        execution.status(),
        execution.held(),
        steps.size(),
        over,
        execution.status().equals("completed")
            ? 100
            : steps.isEmpty() ? 0 : 100 * over / steps.size(),
        steps.stream().collect(Collectors.groupingBy(s -> s.state().json(), Collectors.counting())),
        steps.stream().filter(s -> s.state() == StepView.State.RUNNING).map(StepView::id).toList(),
        execution.progress());
  }

  @GetMapping("/{id}/variables")
  Json variables(@PathVariable UUID id) {
    return new Json(executions.variables(tenant.get(), id));
  }

  /// A fork beside what it was forked from.
  record Compared(
      ExecutionAnswer execution, ExecutionAnswer original, List<Difference> differences) {}

  /// A step that differs.
  record Difference(
      String stepId,
      @Nullable String state,
      @Nullable String originalState,
      @Nullable Json output,
      @Nullable Json originalOutput) {
    static Difference of(Executions.Difference one) {
      return new Difference(
          one.step(),
          one.state() == null ? null : one.state().json(),
          one.originalState() == null ? null : one.originalState().json(),
          ExecutionAnswer.json(one.output()),
          ExecutionAnswer.json(one.originalOutput()));
    }
  }

  @GetMapping("/{id}/comparison")
  Compared compare(@PathVariable UUID id) {
    var found = executions.compare(tenant.get(), id);
    return new Compared(
        ExecutionAnswer.of(found.fork()),
        ExecutionAnswer.of(found.original()),
        found.steps().stream().map(Difference::of).toList());
  }
}
