package io.sluice.workflow;

/// How a definition is written.
public enum SourceFormat {
  JSON,
  YAML
}
