package io.sluice.testing.run;

import io.sluice.engine.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs that another tool has carried out. Thread-safe.
public interface Imports {
  /// Makes a run that is filled from now on.
  UUID begin(TenantId tenant, String name, String tool, String who);

  /// Adds executions that have ended.
  ///
  /// @param from how many were added before
  void add(TenantId tenant, UUID run, int from, List<Ended> executions);

  /// Ends the run.
  ///
  /// @param failure why it could not be read to its end; null: it was
  RunView end(TenantId tenant, UUID run, String who, @Nullable String failure);

  /// An execution that has ended elsewhere.
  ///
  /// @param group what it belongs to there, e.g. a class
  /// @param detail more of why
  /// @param earlier attempts before the last one
  record Ended(
      String group,
      String name,
      Outcome outcome,
      @Nullable String why,
      @Nullable String detail,
      Duration took,
      List<Earlier> earlier) {}

  /// An attempt before the last one.
  ///
  /// @param error it could not be found out; else it failed
  record Earlier(boolean error, @Nullable String why, @Nullable String detail) {}
}
