package io.sluice.workflow.work;

import io.sluice.engine.Branch;
import io.sluice.engine.GraphNode;
import io.sluice.engine.JobContext;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.StepFailed;
import io.sluice.workflow.Json;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.StepOutcome.StepError;
import io.sluice.workflow.model.Conditional;
import io.sluice.workflow.model.ForEach;
import io.sluice.workflow.model.Parallel;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Steps with steps inside. What one has begun with is recorded; the steps inside record
/// themselves.
final class Composite {
  private final Machinery machinery;
  private final Outcomes outcomes;
  private final Blocks blocks;

  Composite(Machinery machinery, Outcomes outcomes, Blocks blocks) {
    this.machinery = machinery;
    this.outcomes = outcomes;
    this.blocks = blocks;
  }

  StepOutcome run(Run run, Step step, @Nullable Instant until) throws Exception {
    var call = run.call(step, machinery, 1, until);
    var inside = run.inside(Run.earlier(until, run.blockDeadline()));
    try {
      var begun =
          run.job()
              .step(run.name(step) + StepOutcome.BEGUN, Begun.class, () -> begin(run, step, call));
      if (begun.skipped()) {
        return Outcomes.SKIPPED;
      }
      return outcomes.completed(
          call, new StepResult(output(inside, step, begun, call), begun.input()), begun.branch());
    } catch (StepFailed e) {
      return nested(run, call, e);
    } catch (Exception e) {
      return outcomes.settle(call, e);
    }
  }

  /// A failure of a step inside fails this one, unless this one handles it.
  private StepOutcome nested(Run run, StepCall call, StepFailed e) {
    if (run.failed() != null) {
      throw e;
    }
    var at = e.step().isEmpty() ? call.step().id() : e.step();
    var error = new StepError(at, e.error().errorType(), e.error().message());
    return outcomes.handled(call, error).orElseThrow(() -> e);
  }

  private Begun begin(Run run, Step step, StepCall call) {
    if (!outcomes.begins(run, call)) {
      return new Begun(true, null, null, null, null);
    }
    return switch (step.config()) {
      case Conditional choice -> new Begun(false, choose(choice, call), null, null, null);
      case ForEach each -> {
        var items = each.items().items(call.scope());
        int most = machinery.limits().maxItems();
        if (items.size() > most) {
          throw StepFailure.lasting(
              "TOO_MANY_ITEMS",
              "'items' gives "
                  + items.size()
                  + "; a FOR_EACH takes "
                  + most
                  + " at most (sluice.execution.max-items)");
        }
        yield new Begun(false, null, null, items, Map.of("items", items.size()));
      }
      default -> new Begun(false, null, null, null, null);
    };
  }

  private static @Nullable String choose(Conditional choice, StepCall call) {
    for (int i = 0; i < choice.branches().size(); i++) {
      if (choice.branches().get(i).when().test(call.scope())) {
        return String.valueOf(i);
      }
    }
    return choice.otherwise().isEmpty() ? null : "else";
  }

  private @Nullable Object output(Run inside, Step step, Begun begun, StepCall call) {
    return switch (step.config()) {
      case Conditional choice -> {
        for (var block : choice.blocks()) {
          if (block.name().equals(begun.branch())) {
            yield blocks.run(inside, block.steps());
          }
        }
        yield null;
      }
      case Parallel parallel -> parallel(inside, parallel);
      case ForEach each -> {
        @SuppressWarnings("unchecked")
        var items =
            begun.state() == null
                ? List.<@Nullable Object>of()
                : (List<@Nullable Object>) begun.state();
        yield items.size() <= machinery.limits().branchItems()
            ? items(inside, each, items, call)
            : machinery.fan().run(each, items.size(), call, inside);
      }
      default -> throw new IllegalArgumentException(step.type() + " has no steps inside");
    };
  }

  private Map<String, @Nullable Object> parallel(Run inside, Parallel parallel) {
    var nodes =
        parallel.branches().stream()
            .map(branch ->
                new GraphNode(branch.id(), List.of(), () -> blocks.run(inside, branch.steps())))
            .toList();
    inside.job().graph(nodes, Math.min(parallel.limit(), inside.concurrency()));
    var output = new LinkedHashMap<String, @Nullable Object>();
    for (var branch : parallel.branches()) {
      output.put(
          branch.id(), inside.variables().output(inside.plan().block(branch.steps()).last()));
    }
    return output;
  }

  /// Items that run in this job, each in a scope of its own.
  private List<@Nullable Object> items(
      Run inside, ForEach each, List<@Nullable Object> items, StepCall call) {
    if (items.isEmpty()) {
      return List.of();
    }
    var failed = new AtomicInteger();
    var branches = new ArrayList<Branch<ItemEnd>>();
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      branches.add(
          new Branch<>(
              String.valueOf(index),
              scope ->
                  branch(
                      scope,
                      inside,
                      each,
                      new Item(items.get(index), index),
                      failed,
                      items.size())));
    }
    int limit =
        Math.min(
            Math.min(each.concurrency(), inside.concurrency() == 1 ? 1 : Integer.MAX_VALUE),
            items.size());
    var ends =
        inside.job().parallel(call.name() + StepOutcome.ITEMS, ItemEnd.class, branches, limit);
    return collected(each, ends);
  }

  /// An item.
  record Item(@Nullable Object value, int index) {}

  /// How an item that runs in a branch has ended; recorded.
  ///
  /// @param error null: it has ended well
  record ItemEnd(@Nullable Json output, @Nullable StepError error) {}

  private ItemEnd branch(
      JobContext scope, Run inside, ForEach each, Item item, AtomicInteger failed, int all) {
    try {
      return new ItemEnd(new Json(item(scope, inside, each, item)), null);
    } catch (PermanentFailure e) {
      if (each.tolerated().exceededBy(failed.incrementAndGet(), all)) {
        inside.failure().compareAndSet(null, e);
        throw e;
      }
      return new ItemEnd(null, error(e, item.index()));
    }
  }

  /// Runs the steps for one item; what can be undone of it is undone when it fails.
  ///
  /// @return what the item gives
  @Nullable Object item(JobContext scope, Run inside, ForEach each, Item item) {
    var variables = inside.variables().inside(item.value(), item.index());
    var run = inside.item(scope, variables, item.index());
    return new Aftermath(machinery, blocks)
        .guard(
            run,
            List.of(),
            () -> {
              var last = blocks.run(run, each.steps());
              var template = each.output();
              if (template == null) {
                return last;
              }
              var output =
                  scope.step(
                      "#output",
                      Json.class,
                      () -> new Json(template.render(variables.at(machinery.clock().instant()))));
              return output == null ? null : output.value();
            });
  }

  static StepError error(PermanentFailure e, int index) {
    return e instanceof StepFailed failed
        ? new StepError(failed.step(), failed.error().errorType(), failed.error().message())
        : new StepError(String.valueOf(index), e.code(), String.valueOf(e.getMessage()));
  }

  /// Outputs in order.
  private static List<@Nullable Object> collected(ForEach each, List<ItemEnd> ends) {
    var outputs = new ArrayList<@Nullable Object>(ends.size());
    int failed = 0;
    for (var end : ends) {
      failed += end.error() == null ? 0 : 1;
      outputs.add(end.output() == null ? null : end.output().value());
      if (end.error() != null && each.tolerated().exceededBy(failed, ends.size())) {
        throw StepFailure.lasting(
            end.error().errorType(), failed + " items failed: " + end.error().message());
      }
    }
    return outputs;
  }
}
