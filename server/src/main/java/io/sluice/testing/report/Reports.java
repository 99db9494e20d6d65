package io.sluice.testing.report;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.RunView;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Reports of runs. Thread-safe.
public interface Reports {
  /// Writes the report of a run, ended or not.
  byte[] write(TenantId tenant, UUID run, Format format);

  /// Reads a JUnit report of another tool as a run that has ended. Constant memory, however long it
  /// is; document types are refused.
  ///
  /// @param name of the run; empty: the report's
  /// @throws io.sluice.testing.run.RunProblem.BadReport if it is none
  RunView read(TenantId tenant, InputStream junit, String name, String who);

  /// How a report is written.
  enum Format {
    /// All that is known, in our own words.
    JSON("application/json"),
    /// JUnit XML as Surefire writes it.
    JUNIT("application/xml"),
    /// Common Test Report Format.
    CTRF("application/json"),
    /// A page that needs nothing else.
    HTML("text/html;charset=UTF-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /// What it is.
    public String mediaType() {
      return mediaType;
    }

    /// The format of that name.
    public static Optional<Format> of(String name) {
      for (var format : values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
          return Optional.of(format);
        }
      }
      return Optional.empty();
    }
  }
}
