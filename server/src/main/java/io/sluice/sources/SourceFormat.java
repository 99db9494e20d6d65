package io.sluice.sources;

/// How a definition is written.
public enum SourceFormat {
  JSON,
  YAML
}
