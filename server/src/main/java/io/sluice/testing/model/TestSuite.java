package io.sluice.testing.model;

import io.sluice.expression.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cases that are run together, and how.
///
/// @param entries cases by name, in order; they come before those that `select` adds
/// @param select which cases belong to it besides; null: none
/// @param languages in which it is run unless a run says otherwise; empty: `en-US`
/// @param assistant how the assistant under test is reached, as plain JSON; null: the run says it
/// @param environment variables: `${env.NAME}`; constants, and secrets by their names
/// @param concurrency how many executions of one run of it may run at once, on all nodes together;
///   null: as many as the server likes
public record TestSuite(
    String name,
    @Nullable String description,
    List<String> tags,
    List<Entry> entries,
    @Nullable Selector select,
    List<String> languages,
    Tuning tuning,
    @Nullable Map<String, @Nullable Object> assistant,
    Map<String, Template> environment,
    ReviewRules review,
    List<Notification> notifications,
    List<QuarantineRule> quarantine,
    @Nullable Integer concurrency) {

  /// A case that is named.
  ///
  /// @param testCase its name
  /// @param skipped why it is not run; null: it is
  public record Entry(String testCase, @Nullable String skipped, Overrides overrides) {}

  /// What is different about a case in this suite.
  ///
  /// @param languages only these; null: those of the run
  /// @param priority null: the case's
  /// @param rows instead of the case's; null: the case's
  /// @param assistant what is different about the assistant; null: nothing
  public record Overrides(
      @Nullable List<String> languages,
      @Nullable Integer priority,
      @Nullable List<Map<String, @Nullable Object>> rows,
      Tuning tuning,
      @Nullable Map<String, @Nullable Object> assistant) {
    /// Nothing.
    public static final Overrides NONE = new Overrides(null, null, null, Tuning.NONE, null);
  }

  /// What people look at.
  ///
  /// @param opinions how many people decide, 1 to 5, what validation asks of them; a rule of the
  ///   queue may ask for more
  /// @param share of reviews, 0 to 1, for which that is asked; of the others one decides
  /// @param auditShare of what passed by itself, 0 to 1, that people look at nevertheless, so that
  ///   thresholds can be calibrated
  /// @param reuseVerdicts whether a verdict holds for identical outcomes until the case changes
  public record ReviewRules(int opinions, double share, double auditShare, boolean reuseVerdicts) {
    /// One opinion, no audit, verdicts are used again.
    public static final ReviewRules DEFAULT = new ReviewRules(1, 1, 0, true);
  }

  /// Who is told.
  ///
  /// @param to a URL or an address; secrets by their names
  /// @param on when
  public record Notification(Channel channel, Template to, List<Occasion> on) {
    /// How.
    public enum Channel {
      SLACK,
      EMAIL,
      WEBHOOK
    }

    /// When.
    public enum Occasion {
      /// Validation is sure that something is wrong; one message a run.
      AUTO_FAIL,
      RUN_FINISHED,
      /// The run has finished, and not well.
      RUN_FAILED
    }
  }

  /// Cases whose failures do not count for a while.
  public record QuarantineRule(Selector select, Quarantine quarantine) {}
}
