package io.sluice.workflow.steps;

import io.sluice.sources.JsonSchema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiled schemas of definitions, by what they were read as: definitions never change.
final class Schemas {
  private static final int MOST = 500;

  private final Map<Object, JsonSchema> known =
      Collections.synchronizedMap(new IdentityHashMap<>());

  JsonSchema of(Map<String, ? extends @Nullable Object> schema) {
    var found = known.get(schema);
    if (found == null) {
      found = JsonSchema.of(schema);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(schema, found);
    }
    return found;
  }
}
