package io.sluice.testing.run;

import io.sluice.engine.TenantId;
import io.sluice.validation.Thresholds;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where runs get their cases from.
public interface CaseSource {
  /// Chooses the cases of a run, pinned to the versions that hold now.
  ///
  /// @throws io.sluice.platform.Problem if a suite or a case is unknown
  Choice choose(TenantId tenant, Wanted wanted);

  /// A case at a version.
  ///
  /// @throws io.sluice.platform.Problem if there is none
  PinnedCase pinned(TenantId tenant, PinnedCase.Ref ref);

  /// What is wanted.
  ///
  /// @param suite null: the cases alone
  /// @param cases empty: the suite's
  record Wanted(@Nullable UUID suite, List<UUID> cases) {
    /// Copies the list.
    public Wanted {
      cases = List.copyOf(cases);
    }
  }

  /// What was chosen.
  ///
  /// @param name for people
  /// @param languages the suite's own; empty: nobody has said
  record Choice(
      String name,
      @Nullable UUID suite,
      @Nullable Integer suiteVersion,
      List<String> languages,
      List<Chosen> cases,
      Rules rules) {}

  /// A case that was chosen.
  ///
  /// @param skip why it is left out; null: it is not
  record Chosen(
      PinnedCase.Ref ref, String name, String type, int priority, @Nullable String skip) {}

  /// What a suite says for all its cases.
  ///
  /// @param thresholds null: the usual ones
  /// @param auditShare 0 to 1, of what passed by itself and is looked at all the same
  /// @param environment name and variables, where the run names none
  record Rules(
      @Nullable Thresholds thresholds,
      double auditShare,
      @Nullable java.util.Map<String, @Nullable Object> environment) {
    /// Nothing.
    public static final Rules NONE = new Rules(null, 0, null);
  }
}
