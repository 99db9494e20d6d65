package io.sluice.workflow.model;

import java.util.List;

/// How a step does what its type says; one record a type.
public sealed interface Config
    permits HttpRequest,
        DataTransform,
        Conditional,
        Parallel,
        ForEach,
        Wait,
        WebhookCall,
        FunctionCall,
        Validation,
        SubWorkflow,
        HumanTask {
  /// The type that it belongs to.
  StepType type();

  /// The blocks inside of it, in the order in which they are written.
  default List<Block> blocks() {
    return List.of();
  }
}
