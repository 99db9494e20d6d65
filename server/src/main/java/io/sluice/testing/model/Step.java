package io.sluice.testing.model;

/// A step of a case or an item.
public sealed interface Step permits HttpStep, BrowserStep, WorkflowStep, ManualStep, ItemStep {
  /// What it is called in a trace: its name, or what it does as it was written, `${ … }` included.
  String title();
}
