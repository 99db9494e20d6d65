package io.sluice.webhooks;

import org.jspecify.annotations.Nullable;

/// Whether a call is what it says to be.
public sealed interface Verdict {
  /// It is.
  ///
  /// @param replayKey equal for a call that is sent again; null: nothing tells one from the other
  record Accepted(@Nullable String replayKey) implements Verdict {}

  /// It is not, or can not be known to be.
  ///
  /// @param reason for the owner, never for the caller: what did not fit and what to look at
  record Refused(String reason) implements Verdict {}
}
