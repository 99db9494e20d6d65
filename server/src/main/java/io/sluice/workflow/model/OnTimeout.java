package io.sluice.workflow.model;

/// What a wait does when its time is over.
public enum OnTimeout {
  /// The step fails, with code TIMEOUT.
  FAIL,
  /// The step ends with null.
  CONTINUE
}
