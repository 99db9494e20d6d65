package io.sluice.testing.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A name is none that means something else.
record NameRule(Findings findings) {
  /// Names that are routes.
  private static final Set<String> RESERVED = Set.of("schema");

  void check(@Nullable Object value) {
    var name = Plain.text(value);
    if (isId(name) || RESERVED.contains(name)) {
      findings.error(
          "BAD_NAME", "/name", "'" + name + "' is taken for something else; choose another");
    }
  }

  private static boolean isId(String name) {
    try {
      return name.length() == 36 && UUID.fromString(name) != null;
    } catch (IllegalArgumentException e) {
      return false; // as most are
    }
  }
}
