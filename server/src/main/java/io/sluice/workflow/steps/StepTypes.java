package io.sluice.workflow.steps;

import io.sluice.guard.Guard;
import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.platform.TimeLimit;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.WorkflowFunction;
import io.sluice.workflow.model.Config;
import io.sluice.workflow.model.DataTransform;
import io.sluice.workflow.model.FunctionCall;
import io.sluice.workflow.model.HttpRequest;
import io.sluice.workflow.model.HumanTask;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.model.Validation;
import io.sluice.workflow.model.Wait;
import io.sluice.workflow.model.WebhookCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All types of steps that have no steps inside, as they really run.
public final class StepTypes implements Leaves, Waiting {
  private final HttpRequestStep http;
  private final DataTransformStep transform;
  private final WebhookCallStep webhook;
  private final FunctionCallStep function;
  private final ValidationStep validation;
  private final WaitStep wait = new WaitStep();
  private final SubWorkflowStep sub;
  private final HumanTaskStep task;

  /// What steps call and read.
  public record Outside(
      Guard guard,
      Outbound outbound,
      Secrets secrets,
      RuleBook rules,
      SubExecutions executions,
      People people,
      List<WorkflowFunction> functions,
      TimeLimit limits) {}

  /// With all that lies outside.
  public StepTypes(Outside outside) {
    var calls = new Calls(outside.guard(), outside.outbound());
    var schemas = new Schemas();
    http = new HttpRequestStep(calls);
    transform = new DataTransformStep(outside.rules());
    webhook = new WebhookCallStep(calls, outside.secrets());
    function = new FunctionCallStep(outside.functions(), outside.limits());
    var answers = new Answers(outside.people());
    validation = new ValidationStep(schemas, answers);
    sub = new SubWorkflowStep(outside.executions());
    task = new HumanTaskStep(schemas, answers);
  }

  /// Whether a step may wait for long, so that its begin is recorded.
  public static boolean waits(Config config) {
    return switch (config) {
      case Wait _, SubWorkflow _ -> true;
      default -> asks(config);
    };
  }

  /// Whether a step may ask a person.
  public static boolean asks(Config config) {
    return config instanceof HumanTask
        || config instanceof Validation validation
            && validation.onInvalid() == Validation.OnInvalid.REVIEW;
  }

  /// Whether a step can see secrets, so that what it records is searched for them.
  public static boolean seesSecrets(Config config) {
    return config instanceof HttpRequest
        || config instanceof WebhookCall
        || config instanceof FunctionCall;
  }

  /// What a step would be shown to have been given, without doing it.
  public static @Nullable Object preview(Config config, StepCall call) {
    return switch (config) {
      case HttpRequest request -> HttpRequests.of(request, call).shown();
      case WebhookCall event -> call.render(event.payload());
      case FunctionCall named -> call.render(named.arguments());
      case DataTransform.ByRule rule -> call.render(rule.input());
      case Validation checked -> call.render(checked.data());
      default -> null;
    };
  }

  @Override
  public StepResult run(Config config, StepCall call) throws Exception {
    return switch (config) {
      case HttpRequest request -> http.run(request, call);
      case DataTransform data -> transform.run(data, call);
      case WebhookCall event -> webhook.run(event, call);
      case FunctionCall named -> function.run(named, call);
      case Validation checked -> validation.run(checked, call);
      default -> throw new IllegalArgumentException(config.type() + " is no leaf");
    };
  }

  @Override
  public Begun begin(Config config, StepCall call) {
    return switch (config) {
      case Wait waits -> wait.begin(waits, call);
      case SubWorkflow started -> sub.begin(started, call);
      case HumanTask form -> task.begin(form, call);
      case Validation checked -> validation.begin(checked, call);
      default -> throw new IllegalArgumentException(config.type() + " does not wait");
    };
  }

  @Override
  public StepResult end(Config config, Begun begun, StepCall call) {
    return switch (config) {
      case Wait waits -> wait.end(waits, begun, call);
      case SubWorkflow started -> sub.end(started, begun, call);
      case HumanTask form -> task.end(form, begun, call);
      case Validation _ -> validation.end(begun, call);
      default -> throw new IllegalArgumentException(config.type() + " does not wait");
    };
  }
}
