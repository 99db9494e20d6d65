package io.sluice.workflow.model;

import io.sluice.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom a step asks that needs a person: who of the review queue may take it, and how soon.
///
/// @param priority 1 to 10, lower is more urgent
/// @param language renders to a BCP 47 tag; null: [#LANGUAGE]
/// @param skills each renders to a name; all of them are needed
/// @param nativeSpeaker fluent is not enough
public record Audience(
    int priority, @Nullable Template language, List<Template> skills, boolean nativeSpeaker) {
  /// Unless something else is said.
  public static final int PRIORITY = 5;

  /// Unless something else is said.
  public static final String LANGUAGE = "en-US";

  /// Anybody who speaks the usual language.
  public static final Audience ANYBODY = new Audience(PRIORITY, null, List.of(), false);
}
