package io.sluice.webhooks.model;

import java.util.List;

/// Which events a webhook is for: names, `*` at the end standing for anything.
public record EventPattern(String text) {
  /// How the names of events are written.
  private static final String FORM = "[A-Za-z0-9_.:\\-]{0,200}\\*?";

  /// Whether it is one.
  public static boolean valid(String text) {
    return !text.isEmpty() && text.matches(FORM);
  }

  /// Whether it stands for a name.
  public boolean matches(String name) {
    return text.endsWith("*")
        ? name.startsWith(text.substring(0, text.length() - 1))
        : name.equals(text);
  }

  /// Whether it stands for everything.
  public boolean everything() {
    return text.equals("*");
  }

  /// Whether one of the patterns stands for the event, by its type, its code or its name.
  ///
  /// Events about webhooks are for those only that name them: a webhook for everything that fails
  /// would otherwise be told of its own failures.
  public static boolean any(List<String> patterns, EventDocument event) {
    return patterns.stream()
        .map(EventPattern::new)
        .filter(p -> !p.everything() || !event.type().equals(EventDocument.WEBHOOK))
        .anyMatch(
            p -> p.matches(event.type()) || p.matches(event.code()) || p.matches(event.name()));
  }
}
