package io.sluice.guard;

import java.time.Instant;

/// What [Guard#admit] says.
public sealed interface Admission {
  /// Begin.
  record Go() implements Admission {
    /// The only one.
    public static final Go NOW = new Go();
  }

  /// Wait; no attempt is spent.
  ///
  /// @param until by PostgreSQL's clock
  /// @param reason for people, shown by `jobs explain`
  record Later(Instant until, String reason) implements Admission {}
}
