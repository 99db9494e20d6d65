package io.sluice.workflow.model;

/// What a step does. Written as it stands in definitions and tables.
public enum StepType {
  /// Calls a service over HTTP.
  HTTP_REQUEST,
  /// Computes a value.
  DATA_TRANSFORM,
  /// Takes the first branch whose condition holds.
  CONDITIONAL,
  /// Runs branches at once.
  PARALLEL,
  /// Runs its steps for each item of a list.
  FOR_EACH,
  /// Waits for a time, a signal or an event.
  WAIT,
  /// Sends a signed event to a URL.
  WEBHOOK_CALL,
  /// Calls a function of this server.
  FUNCTION_CALL,
  /// Checks data against a schema and rules.
  VALIDATION,
  /// Executes another workflow.
  SUB_WORKFLOW,
  /// Waits for a person to fill in a form.
  HUMAN_TASK
}
