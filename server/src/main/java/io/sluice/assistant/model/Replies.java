package io.sluice.assistant.model;

import java.util.Map;
import java.util.Objects;

/// Makes replies of what was understood.
final class Replies {
  private final Lexicon lexicon;

  Replies(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /// What is said to what was not understood.
  String sorry() {
    return text("sorry");
  }

  /// The reply; a question where something is missing.
  String to(String intent, Map<String, Object> entities) {
    var template = template(intent, entities);
    return template
        .replace("{room}", room(entities))
        .replace("{level}", value(entities, "level"))
        .replace("{duration}", value(entities, "duration"))
        .replace("{time}", time(value(entities, "time")))
        .replace("{music}", value(entities, "music"))
        .replace("{place}", place(entities));
  }

  private String template(String intent, Map<String, Object> entities) {
    var needed =
        switch (intent) {
          case "timer.set" -> "duration";
          case "alarm.set" -> "time";
          case "lights.dim" -> "level";
          case "music.play" -> "music";
          default -> null;
        };
    if (needed != null && !entities.containsKey(needed)) {
      return text(intent + "?");
    }
    var ofDay = lexicon.replies().get(intent + ":" + entities.get("day"));
    return ofDay == null ? text(intent) : ofDay;
  }

  private String room(Map<String, Object> entities) {
    return lexicon.rooms().stream()
        .filter(room -> room.name().equals(entities.get("room")))
        .map(Room::of)
        .findFirst()
        .orElse("");
  }

  private String place(Map<String, Object> entities) {
    return entities.containsKey("place") ? text("in") + entities.get("place") : "";
  }

  /// In English by twelve hours, else by twenty-four.
  private String time(String of24) {
    if (of24.isEmpty() || !text("in").equals(" in ")) {
      return of24;
    }
    int hour = Integer.parseInt(of24.substring(0, 2));
    int shown = hour % 12 == 0 ? 12 : hour % 12;
    return shown + of24.substring(2) + (hour < 12 ? " am" : " pm");
  }

  private static String value(Map<String, Object> entities, String name) {
    return entities.containsKey(name) ? String.valueOf(entities.get(name)) : "";
  }

  private String text(String key) {
    return Objects.requireNonNull(lexicon.replies().get(key), key);
  }
}
