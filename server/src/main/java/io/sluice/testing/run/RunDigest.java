package io.sluice.testing.run;

import io.sluice.expression.Template;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody has to know of a run who was not there.
///
/// @param suite its name; null: cases were named
/// @param languages in alphabetical order
/// @param told whom the suite, as it was pinned, wants to be told
public record RunDigest(
    RunView run, @Nullable String suite, List<InLanguage> languages, List<Told> told) {
  /// The most failures that are named in a language.
  public static final int NAMED = 10;

  /// What came out in a language.
  ///
  /// @param autoFailed of those that failed: validation alone has said so
  /// @param failing failures and errors that count
  /// @param first the first of them, in the order of the run
  public record InLanguage(
      String language,
      long total,
      long passed,
      long flaky,
      long failed,
      long error,
      long skipped,
      long reviewPending,
      long autoFailed,
      long failing,
      List<Failing> first) {}

  /// An execution that failed.
  ///
  /// @param row from 1; null: the case has no data
  public record Failing(
      UUID executionId,
      String testCaseName,
      @Nullable Integer row,
      String outcome,
      @Nullable String reason,
      boolean autoFailed) {}

  /// Somebody whom a suite names.
  ///
  /// @param channel `slack`, `email` or `webhook`
  /// @param to a URL or an address; secrets by their names
  /// @param on `auto_fail`, `run_finished`, `run_failed`
  public record Told(String channel, Template to, Set<String> on) {}
}
