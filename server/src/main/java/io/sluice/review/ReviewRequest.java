package io.sluice.review;

import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that is to be decided.
///
/// @param source who asks, e.g. `validation`; its [VerdictListener] is told
/// @param subject what it is about, in the source's words
/// @param group what it belongs to, e.g. a suite's name; null for none
/// @param title one line, for lists
/// @param language a BCP 47 tag
/// @param needs what a reviewer must bring
/// @param priority 1 to 10, lower is more urgent
/// @param confidence 0 to 100; null if nobody has one
/// @param payload what a reviewer has to see, as plain JSON
/// @param outcomeKey equal for identical outcomes; null if no verdict of others may hold
public record ReviewRequest(
    String source,
    UUID subject,
    @Nullable String group,
    String title,
    String language,
    Needs needs,
    int priority,
    @Nullable BigDecimal confidence,
    Object payload,
    @Nullable String outcomeKey) {
  /// What a reviewer must bring.
  ///
  /// @param nativeSpeaker fluent is not enough
  public record Needs(boolean nativeSpeaker, Set<String> skills) {
    /// Just the language.
    public static final Needs LANGUAGE = new Needs(false, Set.of());
  }

  /// Checks the numbers.
  public ReviewRequest {
    if (priority < 1 || priority > 10) {
      throw new IllegalArgumentException("priority must be 1 to 10, not " + priority);
    }
  }
}
