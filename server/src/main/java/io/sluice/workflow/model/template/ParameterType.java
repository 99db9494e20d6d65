package io.sluice.workflow.model.template;

import java.util.Locale;

/// What sort of value a parameter takes.
public enum ParameterType {
  STRING,
  NUMBER,
  INTEGER,
  BOOLEAN,
  /// ISO 8601, as text.
  DURATION,
  /// One of a list.
  ENUM,
  /// An absolute `http` or `https` URL.
  URL,
  /// The name of a secret, never its value.
  SECRET_NAME;

  /// As templates write it.
  public String json() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads it.
  public static ParameterType of(String json) {
    return valueOf(json.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
