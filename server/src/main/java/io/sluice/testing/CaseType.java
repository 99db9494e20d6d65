package io.sluice.testing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How a case is tried.
public enum CaseType {
  /// Said to an assistant.
  VOICE,
  /// Requested over HTTP.
  HTTP,
  /// Done in a browser.
  BROWSER,
  /// Executed as a workflow.
  WORKFLOW,
  /// Done by a person.
  MANUAL;

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The type of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static CaseType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
