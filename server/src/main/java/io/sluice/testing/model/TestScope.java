package io.sluice.testing.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the templates of a cell read, but for `args`, which [Expansion.Bound#scope] adds.
///
/// @param row the data row; empty if there is none
/// @param values constants of the language
/// @param env variables of the suite and the run
/// @param vars what earlier steps extracted
/// @param secrets only for what is sent; empty elsewhere
public record TestScope(
    String language,
    Map<String, @Nullable Object> row,
    Map<String, @Nullable Object> values,
    Map<String, @Nullable Object> env,
    Map<String, @Nullable Object> vars,
    Map<String, @Nullable Object> secrets) {
  /// As plain JSON.
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("language", language);
    document.put("row", row);
    document.put("values", values);
    document.put("env", env);
    document.put("vars", vars);
    document.put("secrets", secrets);
    return document;
  }
}
