package io.sluice.workflow.steps;

import io.sluice.workflow.model.Audience;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a step asks people.
///
/// @param title one line
/// @param content what they have to see, as plain JSON
/// @param asked whom
/// @param signal by which the answer comes
public record Question(
    String title, Map<String, @Nullable Object> content, Asked asked, String signal) {

  /// An audience, rendered.
  public record Asked(int priority, String language, boolean nativeSpeaker, Set<String> skills) {
    /// As plain JSON, to be recorded.
    Map<String, @Nullable Object> plain() {
      var plain = new LinkedHashMap<String, @Nullable Object>();
      plain.put("priority", priority);
      plain.put("language", language);
      plain.put("nativeSpeaker", nativeSpeaker);
      plain.put("skills", List.copyOf(skills));
      return plain;
    }

    /// What was recorded; what was recorded before there was a queue asks anybody.
    static Asked read(@Nullable Object plain) {
      var map = plain instanceof Map<?, ?> some ? some : Map.of();
      return new Asked(
          map.get("priority") instanceof Number number ? number.intValue() : Audience.PRIORITY,
          map.get("language") instanceof String text ? text : Audience.LANGUAGE,
          Boolean.TRUE.equals(map.get("nativeSpeaker")),
          map.get("skills") instanceof List<?> list
              ? Set.copyOf(list.stream().map(String::valueOf).toList())
              : Set.of());
    }

    static Asked of(Audience audience, StepCall call) {
      var language =
          audience.language() == null ? Audience.LANGUAGE : call.text(audience.language());
      var tag = language == null ? "" : Locale.forLanguageTag(language).toLanguageTag();
      if (language == null || !tag.equalsIgnoreCase(language) || tag.equals("und")) {
        throw StepFailure.lasting(
            "BAD_LANGUAGE", "'review/language' must render to a language tag, e.g. es-MX");
      }
      var skills = new ArrayList<String>();
      audience
          .skills()
          .forEach(skill -> {
            var name = call.text(skill);
            if (name != null && !name.isBlank()) {
              skills.add(name);
            }
          });
      return new Asked(audience.priority(), language, audience.nativeSpeaker(), Set.copyOf(skills));
    }
  }
}
