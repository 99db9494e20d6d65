package io.sluice.validation.model;

import io.sluice.validation.ValidationResult.Gate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The intent is the one that was expected, or it is not: names are compared whatever their case.
public final class IntentRule {
  private IntentRule() {}

  /// Scores the intent.
  public static void apply(
      String expected, @Nullable String actual, List<Scored> scored, List<Gate> gates) {
    boolean same = actual != null && name(expected).equals(name(actual));
    var reason =
        same
            ? "the intent is " + expected
            : actual == null
                ? "no intent was found; expected " + expected
                : "the intent is " + actual + "; expected " + expected;
    scored.add(new Scored("intent", same ? 1 : 0, "exact", reason));
    if (!same) {
      gates.add(new Gate("intent", reason));
    }
  }

  private static String name(String intent) {
    return intent.strip().toLowerCase(Locale.ROOT);
  }
}
