package io.sluice.workflow.work;

import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepView;
import io.sluice.workflow.StepView.Item;
import io.sluice.workflow.StepView.Items;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.StepType;
import io.sluice.workflow.model.watching.StepStates;
import io.sluice.workflow.model.watching.Trace;
import io.sluice.workflow.store.StepStore;
import io.sluice.workflow.store.StepStore.Recorded;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells how the steps of an execution are.
@Component
class StepReader {
  /// Where constants are recorded that are computed.
  private static final String CONTEXT = "#context";

  /// Where it is recorded what follows from a failure.
  private static final String FAILED = "#failed";

  private final StepStore steps;
  private final Versions versions;
  private final Values values;

  StepReader(StepStore steps, Versions versions, Values values) {
    this.steps = steps;
    this.versions = versions;
    this.values = values;
  }

  /// What an execution was given.
  ExecutionInput input(JobView job) {
    return values.read(job.inputJson(), ExecutionInput.class).orElseThrow();
  }

  /// The version that an execution follows.
  Versions.Found version(TenantId tenant, JobView job) {
    return versions.get(tenant, input(job).versionId());
  }

  /// All steps, without values.
  List<StepView> steps(TenantId tenant, JobView job) {
    return steps(job.id().value(), version(tenant, job).definition(), job.state());
  }

  /// All steps, without values.
  List<StepView> steps(UUID execution, Definition definition, JobState job) {
    var traces = traces(steps.records(execution, null));
    return StepStates.of(definition, traces, items(execution, definition, traces), job);
  }

  /// By step, what it has left behind.
  Map<String, Trace> traces(List<Recorded> records) {
    var traces = new HashMap<String, Trace>();
    for (var record : records) {
      if (record.name().indexOf('#') < 0) {
        traces.put(record.name(), trace(record));
      }
    }
    for (var record : records) {
      if (record.name().endsWith(StepOutcome.BEGUN)) {
        var step = record.name().substring(0, record.name().length() - StepOutcome.BEGUN.length());
        values
            .begun(record.valueJson())
            .ifPresent(begun ->
                traces.put(
                    step, traces.getOrDefault(step, Trace.NONE).with(begun, record.startedAt())));
      }
    }
    return traces;
  }

  private Trace trace(Recorded record) {
    return switch (record.status()) {
      case "done" ->
          new Trace(
              values.outcome(record.valueJson()).orElse(null),
              null,
              record.attempt(),
              record.startedAt(),
              record.recordedAt(),
              null,
              null);
      case "retrying" ->
          new Trace(
              null,
              null,
              record.attempt(),
              record.startedAt(),
              null,
              values.due(record.valueJson()),
              record.error());
      default ->
          new Trace(
              null,
              null,
              record.attempt(),
              record.startedAt(),
              record.recordedAt(),
              null,
              record.error());
    };
  }

  private Map<String, Items> items(
      UUID execution, Definition definition, Map<String, Trace> traces) {
    var items = new LinkedHashMap<String, Items>();
    loops(definition.steps(), items, execution, traces);
    return items;
  }

  private void loops(
      List<Step> block, Map<String, Items> items, UUID execution, Map<String, Trace> traces) {
    for (var step : block) {
      if (step.type() == StepType.FOR_EACH) {
        if (traces.containsKey(step.id())) {
          items.put(step.id(), items(execution, step.id()));
        }
      } else {
        step.config().blocks().forEach(b -> loops(b.steps(), items, execution, traces));
      }
    }
  }

  private Items items(UUID execution, String step) {
    return steps
        .fan(execution, step)
        .map(steps::itemCounts)
        .orElseGet(() -> steps.inlineItems(execution, step));
  }

  /// One step with its values.
  StepView step(TenantId tenant, JobView job, String id) {
    var all = steps(tenant, job);
    var view =
        all.stream()
            .filter(s -> s.id().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new ExecutionProblem.UnknownStep(id, all.stream().map(StepView::id).toList()));
    @Nullable Object input = null;
    @Nullable Object output = null;
    for (var record : steps.values(job.id().value(), List.of(id, id + StepOutcome.BEGUN))) {
      if (record.name().equals(id)) {
        var outcome = values.outcome(record.status().equals("done") ? record.valueJson() : null);
        output = outcome.map(StepOutcome::output).orElse(null);
        input = outcome.map(StepOutcome::input).orElse(input);
      } else if (input == null) {
        input = values.begun(record.valueJson()).map(StepOutcome.Begun::input).orElse(null);
      }
    }
    return view.with(input, output);
  }

  /// Items of a FOR_EACH.
  List<Item> items(TenantId tenant, JobView job, String step, Page page) {
    var view = step(tenant, job, step);
    if (!view.type().equals(StepType.FOR_EACH.name())) {
      throw new ExecutionProblem.BadRequest("/stepId", "is no FOR_EACH: only those have items");
    }
    var fan = steps.fan(job.id().value(), step);
    return fan.isPresent()
        ? steps.items(fan.get(), page.from(), page.limit()).stream().map(this::item).toList()
        : steps.inlineItems(job.id().value(), step, page.from(), page.limit()).stream()
            .map(this::item)
            .toList();
  }

  /// Which of many.
  record Page(long from, int limit) {}

  private Item item(StepStore.ItemRow row) {
    return new Item(
        row.index(),
        row.status(),
        row.startedAt(),
        row.finishedAt(),
        row.attempts(),
        row.error(),
        values.plain(row.resultJson()));
  }

  /// What each step that has ended gave, by step.
  Map<String, @Nullable Object> outputs(UUID execution) {
    var outputs = new LinkedHashMap<String, @Nullable Object>();
    for (var record : steps.outputs(execution)) {
      if (record.status().equals("done") && record.name().indexOf('#') < 0) {
        values
            .outcome(record.valueJson())
            .ifPresent(outcome -> outputs.put(record.name(), outcome.output()));
      }
    }
    return outputs;
  }

  /// The constants of an execution.
  Map<String, @Nullable Object> context(TenantId tenant, JobView job) {
    var input = input(job);
    var template = version(tenant, job).definition().context();
    var context = new LinkedHashMap<String, @Nullable Object>();
    if (template != null) {
      @Nullable Object value =
          template.constant()
              ? template.render(Map.of())
              : steps.values(job.id().value(), List.of(CONTEXT)).stream()
                  .map(record -> values.plain(record.valueJson()))
                  .findFirst()
                  .orElse(null);
      if (value instanceof Map<?, ?> map) {
        map.forEach((name, constant) -> context.put(String.valueOf(name), constant));
      }
    }
    if (input.overrides().context() != null) {
      context.putAll(input.overrides().context());
    }
    return context;
  }

  /// Whether what had completed was undone, or is being.
  boolean compensated(JobView job) {
    return steps.records(job.id().value(), null).stream()
        .filter(record -> record.name().startsWith(FAILED) && record.status().equals("done"))
        .map(record -> values.plain(record.valueJson()))
        .anyMatch(found ->
            found instanceof Map<?, ?> map
                && map.get("undo") instanceof List<?> undo
                && !undo.isEmpty());
  }
}
