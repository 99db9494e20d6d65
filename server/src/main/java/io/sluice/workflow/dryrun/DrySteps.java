package io.sluice.workflow.dryrun;

import io.sluice.expression.Scope;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.model.Config;
import io.sluice.workflow.model.DataTransform;
import io.sluice.workflow.model.HttpRequest;
import io.sluice.workflow.model.Validation;
import io.sluice.workflow.model.Wait;
import io.sluice.workflow.steps.Leaves;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.StepResult;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.steps.Waiting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Steps that are given what the world outside would say; those that only compute, compute.
final class DrySteps implements Leaves, Waiting {
  private final StepTypes real;
  private final Given given;
  private final Map<String, Integer> calls = new HashMap<>();
  private final Set<String> missing = new TreeSet<>();

  DrySteps(StepTypes real, Given given) {
    this.real = real;
    this.given = given;
  }

  /// Steps that were given nothing and needed something.
  Set<String> missing() {
    return missing;
  }

  @Override
  public StepResult run(Config config, StepCall call) throws Exception {
    if (given.byStep().containsKey(call.step().id())) {
      return answered(config, call);
    }
    return switch (config) {
      case DataTransform.ByExpression _, Validation _ -> real.run(config, call);
      default -> throw unanswered(call);
    };
  }

  /// The config is evaluated as it would be, so that its mistakes show.
  private StepResult answered(Config config, StepCall call) {
    var shown = StepTypes.preview(config, call);
    var output = next(call);
    if (config instanceof HttpRequest request && output instanceof Map<?, ?> answer) {
      output = extracted(request, answer, call);
    }
    return new StepResult(output, shown);
  }

  private static Map<String, @Nullable Object> extracted(
      HttpRequest request, Map<?, ?> answer, StepCall call) {
    var output = new LinkedHashMap<String, @Nullable Object>();
    answer.forEach((name, value) -> output.put(String.valueOf(name), value));
    var scope = new Scope(Map.copyOf(withoutNulls(output)), call.now());
    request
        .extract()
        .forEach((name, expression) -> output.putIfAbsent(name, expression.evaluate(scope)));
    return output;
  }

  private static Map<String, @Nullable Object> withoutNulls(Map<String, @Nullable Object> map) {
    var some = new LinkedHashMap<String, @Nullable Object>(map);
    some.values().removeIf(java.util.Objects::isNull);
    return some;
  }

  @Override
  public Begun begin(Config config, StepCall call) {
    return real.begin(config, call);
  }

  @Override
  public StepResult end(Config config, Begun begun, StepCall call) {
    if (given.byStep().containsKey(call.step().id())) {
      return new StepResult(next(call), begun.input());
    }
    boolean passesByItself =
        config instanceof Wait wait
            && (wait.what() instanceof Wait.For.Elapsed || wait.what() instanceof Wait.For.Until);
    boolean nothingFound =
        config instanceof Validation
            && begun.state() instanceof Map<?, ?> found
            && Boolean.TRUE.equals(found.get("valid"));
    if (passesByItself || nothingFound) {
      return real.end(config, begun, call);
    }
    throw unanswered(call);
  }

  private @Nullable Object next(StepCall call) {
    var answers = given.byStep().getOrDefault(call.step().id(), java.util.List.of());
    int number = calls.merge(call.step().id(), 1, Integer::sum);
    return switch (answers.get(Math.min(number, answers.size()) - 1)) {
      case Given.Answer.Value(var output) -> output;
      case Given.Answer.Failure failure ->
          throw StepFailure.answered(
              failure.code(),
              failure.message(),
              failure.passing(),
              new StepFailure.Details(failure.status(), null, null));
    };
  }

  private StepFailure unanswered(StepCall call) {
    missing.add(call.step().id());
    return StepFailure.lasting(
        "NOT_GIVEN",
        "Step '"
            + call.step().id()
            + "' ("
            + call.step().type()
            + ") needs something from outside; say under 'given' what it gets");
  }
}
