package io.sluice.workflow.triggers.model;

/// Which events a trigger or a wait is for: a type, a code or a name of events; `*` at the end
/// stands for anything.
public record EventPattern(String text) {
  private static final String FORM = "[A-Za-z0-9_.:\\-]{0,200}\\*?";

  /// Whether it is one.
  public static boolean valid(String text) {
    return !text.isEmpty() && text.matches(FORM);
  }

  /// Whether it stands for an event.
  public boolean matches(Seen event) {
    return is(event.type()) || is(event.code()) || is(event.name());
  }

  private boolean is(String name) {
    return text.endsWith("*")
        ? name.startsWith(text.substring(0, text.length() - 1))
        : name.equals(text);
  }
}
