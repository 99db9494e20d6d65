package io.sluice.workflow;

import io.sluice.engine.TenantId;
import io.sluice.sources.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The door to the versions of a workflow, and to their aliases. A workflow is named by its id or
/// its name.
public interface WorkflowVersions {
  /// All differences between two versions.
  record Diff(int from, int to, List<Change> changes) {}

  /// Versions, newest first.
  ///
  /// @param before only those below this number; null: from the newest
  List<VersionView> versions(TenantId tenant, String workflow, @Nullable Integer before, int limit);

  /// One version, with its source.
  VersionView version(TenantId tenant, String workflow, int version);

  /// What changed between two versions.
  Diff diff(TenantId tenant, String workflow, int from, int to);

  /// Aliases, by name.
  List<AliasView> aliases(TenantId tenant, String workflow);

  /// Sets an alias.
  AliasView setAlias(TenantId tenant, String workflow, AliasView alias, String who);

  /// Takes an alias away.
  void deleteAlias(TenantId tenant, String workflow, String alias);
}
