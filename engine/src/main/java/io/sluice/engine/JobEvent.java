package io.sluice.engine;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something to announce: it goes to the audit log and to whoever watches the live stream.
///
/// @param type what sort of thing, e.g. `stage_done`, `error`
/// @param severity how much it matters
/// @param code stable, for programs, e.g. `document.parsed`
/// @param subject what it is about, e.g. a document's id; null: only the job
/// @param payload details, written as JSON by the engine's codec; no secrets
public record JobEvent(
    String type, Severity severity, String code, @Nullable UUID subject, Object payload) {

  /// How much an event matters.
  public enum Severity {
    /// For those who look for something.
    DEBUG,
    /// The usual course.
    INFO,
    /// Something to keep an eye on; the engine goes on by itself.
    WARN,
    /// Somebody has to act.
    ERROR;

    /// The name in SQL and JSON: lower case.
    public String sql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
