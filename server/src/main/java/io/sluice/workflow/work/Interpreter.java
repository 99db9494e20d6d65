package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.PermanentFailure;
import io.sluice.platform.Problem;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.Json;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.ForEach;
import io.sluice.workflow.steps.SecretValues;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.Variables;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs definitions. Knows nothing of who asks for it: the server's jobs, or a dry run.
public final class Interpreter {
  private final Machinery machinery;
  private final Blocks blocks;

  /// With what all executions work with.
  public Interpreter(Machinery machinery) {
    this.machinery = machinery;
    this.blocks = new Blocks(machinery);
  }

  /// Runs an execution, from its beginning or over what earlier runs recorded.
  ///
  /// @return the workflow's output
  /// @throws PermanentFailure if a step failed for good, when all has been done that follows from
  ///   it
  public Json run(ExecutionInput input, JobContext job) {
    var plan = machinery.plans().of(input.versionId());
    var definition = plan.definition();
    var roots = roots(input, job);
    roots.put("context", context(input, definition, job, roots));
    var run = Run.of(job, plan, job.id().value(), input, Variables.of(roots));
    return new Json(
        new Aftermath(machinery, blocks)
            .guard(run, definition.onError(), () -> output(run, definition)));
  }

  private @Nullable Object output(Run run, Definition definition) {
    var last = blocks.run(run, definition.steps());
    if (definition.output() == null) {
      return last;
    }
    try {
      var output = definition.output().render(run.variables().at(machinery.clock().instant()));
      blocks.outcomes().check(output);
      return output;
    } catch (StepFailure e) {
      throw new PermanentFailure(e.code(), "'output': " + e.message(), e);
    } catch (Problem e) {
      throw new PermanentFailure(e.code(), "'output': " + e.getMessage(), e);
    }
  }

  private HashMap<String, @Nullable Object> roots(ExecutionInput input, JobContext job) {
    var roots = new HashMap<String, @Nullable Object>();
    roots.put("input", input.input());
    roots.put("execution", execution(input, job.id().value(), job.attempt()));
    roots.put("secrets", new SecretValues(machinery.secrets()));
    return roots;
  }

  static Map<String, @Nullable Object> execution(ExecutionInput input, UUID id, int failures) {
    var execution = new LinkedHashMap<String, @Nullable Object>();
    execution.put("id", id.toString());
    execution.put("workflow", input.workflow());
    execution.put("version", input.version());
    execution.put("startedAt", input.startedAt().toString());
    execution.put("attempt", failures + 1);
    return execution;
  }

  /// Constants: recorded only where they are computed.
  private Map<String, @Nullable Object> context(
      ExecutionInput input,
      Definition definition,
      JobContext job,
      Map<String, @Nullable Object> roots) {
    var context = new LinkedHashMap<String, @Nullable Object>();
    var template = definition.context();
    if (template != null) {
      var value =
          template.constant()
              ? template.render(Map.of())
              : rendered(template, job, Variables.of(roots));
      if (value instanceof Map<?, ?> map) {
        map.forEach((name, constant) -> context.put(String.valueOf(name), constant));
      }
    }
    if (input.overrides().context() != null) {
      context.putAll(input.overrides().context());
    }
    return context;
  }

  private @Nullable Object rendered(
      io.sluice.expression.Template template, JobContext job, Variables variables) {
    var recorded =
        job.step(
            "#context",
            Json.class,
            () -> {
              try {
                return new Json(template.render(variables.at(machinery.clock().instant())));
              } catch (Problem e) {
                throw new PermanentFailure(e.code(), "'context': " + e.getMessage(), e);
              }
            });
    return recorded == null ? null : recorded.value();
  }

  /// Runs one item of a FOR_EACH, in a job of its own.
  Json item(ItemJob given, JobContext job) {
    var plan = machinery.plans().of(given.input().versionId());
    var each =
        (ForEach)
            plan.step(given.step())
                .orElseThrow(
                    () -> new PermanentFailure("UNKNOWN_STEP", "There is no step " + given.step()))
                .config();
    var roots = new HashMap<String, @Nullable Object>(given.variables());
    var steps = roots.remove("steps");
    roots.put("secrets", new SecretValues(machinery.secrets()));
    var variables = Variables.of(roots);
    if (steps instanceof Map<?, ?> ended) {
      variables.restore(ended);
    }
    var around =
        Run.of(job, plan, given.execution(), given.input(), variables)
            .within(given.around(), given.until());
    return new Json(
        new Composite(machinery, blocks.outcomes(), blocks)
            .item(job, around, each, new Composite.Item(given.item(), given.index())));
  }

  /// An item with what belongs to it.
  ///
  /// @param step id of the FOR_EACH
  /// @param around which items of the FOR_EACHs around that
  /// @param until when its time is over; null: never
  record ItemJob(
      UUID execution,
      ExecutionInput input,
      Map<String, ? extends @Nullable Object> variables,
      String step,
      List<Integer> around,
      @Nullable Instant until,
      @Nullable Object item,
      int index) {}
}
