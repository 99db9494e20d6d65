package io.sluice.workflow.steps;

import io.sluice.workflow.model.DataTransform;

/// DATA_TRANSFORM. Gives the value that its expression or rule computes.
final class DataTransformStep {
  private final RuleBook rules;

  DataTransformStep(RuleBook rules) {
    this.rules = rules;
  }

  StepResult run(DataTransform config, StepCall call) {
    return switch (config) {
      case DataTransform.ByExpression by -> StepResult.of(call.evaluate(by.expression()));
      case DataTransform.ByRule by -> {
        var input = call.render(by.input());
        var asked = new RuleBook.Asked(call.job().tenant(), by.rule(), by.version(), call.now());
        yield new StepResult(rules.apply(asked, input), input);
      }
    };
  }
}
