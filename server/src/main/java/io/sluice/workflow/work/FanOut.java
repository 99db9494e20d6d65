package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Outcome;
import io.sluice.expression.Reference;
import io.sluice.workflow.Json;
import io.sluice.workflow.Signals;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.WorkflowKinds.FanInput;
import io.sluice.workflow.WorkflowKinds.Shared;
import io.sluice.workflow.model.ForEach;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.steps.StepFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs the items of a FOR_EACH as jobs: one for all of them, which is cancelled when too many have
/// failed, and one for each.
final class FanOut implements Fan {
  /// How an item tells its execution why it has cancelled all others.
  static String failed(String path) {
    return "failed:" + path;
  }

  @Override
  public List<@Nullable Object> run(ForEach config, int items, StepCall call, Run run) {
    var job = call.job();
    job.step(call.name() + WorkflowKinds.SHARED, Shared.class, () -> shared(config, items, call));
    var fan =
        new FanInput(
            run.execution(),
            job.id().value(),
            job.scope(),
            call.name(),
            call.items(),
            run.blockDeadline());
    var outcome =
        job.children(
                call.name() + WorkflowKinds.FAN_GROUP,
                WorkflowKinds.FAN,
                List.of(fan),
                EnqueueOptions.DEFAULT)
            .getFirst();
    return switch (outcome) {
      case Outcome.Done<Json> done -> outputs(done.result());
      case Outcome.DeadLettered<?> dead ->
          throw StepFailure.lasting(dead.error().errorType(), dead.error().message());
      case Outcome.Cancelled<?> _ -> throw why(call);
    };
  }

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> outputs(@Nullable Json result) {
    return result != null && result.value() instanceof List<?> list
        ? (List<@Nullable Object>) list
        : List.of();
  }

  private static StepFailure why(StepCall call) {
    var told =
        call.job()
            .await(failed(call.path()), Signals.Payload.class, Duration.ofMillis(1))
            .map(Signals.Payload::value);
    if (told.isPresent() && told.get() instanceof Map<?, ?> error) {
      return StepFailure.lasting(
          String.valueOf(error.get("errorType")), String.valueOf(error.get("message")));
    }
    return StepFailure.lasting("CANCELLED", "The items were cancelled");
  }

  private static Shared shared(ForEach config, int items, StepCall call) {
    var named = Plan.references(config);
    return new Shared(call.input(), picked(named, call.variables()), tolerated(config, items));
  }

  /// How many of the items may fail.
  private static int tolerated(ForEach config, int items) {
    var tolerance = config.tolerated();
    double most = tolerance.percentage() ? tolerance.amount() * items / 100 : tolerance.amount();
    return (int) Math.floor(most);
  }

  /// Those parts of the variables that are named; what is an item's own is not among them.
  private static Map<String, @Nullable Object> picked(
      Set<Reference> named, io.sluice.workflow.steps.Variables variables) {
    var picked = new LinkedHashMap<String, @Nullable Object>();
    boolean all = named.stream().anyMatch(Reference::everything);
    for (var root : List.of("input", "context", "execution", "error")) {
      if (all || named.stream().anyMatch(reference -> reference.root().equals(root))) {
        picked.put(root, variables.root(root));
      }
    }
    var steps = variables.members("steps");
    boolean everyStep = all || named.stream().anyMatch(r -> r.root().equals("steps") && r.whole());
    var ended = new LinkedHashMap<String, @Nullable Object>();
    if (everyStep) {
      ended.putAll(steps);
    } else {
      for (var reference : named) {
        if (reference.root().equals("steps") && steps.containsKey(reference.member())) {
          ended.put(String.valueOf(reference.member()), steps.get(reference.member()));
        }
      }
    }
    picked.put("steps", ended);
    return picked;
  }
}
