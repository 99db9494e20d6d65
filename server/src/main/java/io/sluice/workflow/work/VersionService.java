package io.sluice.workflow.work;

import io.sluice.engine.TenantId;
import io.sluice.sources.Canonical;
import io.sluice.sources.Change;
import io.sluice.sources.Difference;
import io.sluice.workflow.AliasView;
import io.sluice.workflow.VersionView;
import io.sluice.workflow.WorkflowProblem.Unknown;
import io.sluice.workflow.WorkflowVersions;
import io.sluice.workflow.store.AliasStore;
import io.sluice.workflow.store.VersionStore;
import io.sluice.workflow.store.WorkflowStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door to versions and aliases, opened.
@Service
class VersionService implements WorkflowVersions {
  private final WorkflowStore workflows;
  private final VersionStore versions;
  private final AliasStore aliases;

  VersionService(WorkflowStore workflows, VersionStore versions, AliasStore aliases) {
    this.workflows = workflows;
    this.versions = versions;
    this.aliases = aliases;
  }

  private WorkflowStore.Row row(TenantId tenant, String workflow) {
    return Definitions.find(workflows, tenant, workflow)
        .orElseThrow(() -> Unknown.workflow(workflow));
  }

  @Override
  public List<VersionView> versions(
      TenantId tenant, String workflow, @Nullable Integer before, int limit) {
    return versions.list(tenant, row(tenant, workflow).id(), before, limit).stream()
        .map(row -> view(row, false))
        .toList();
  }

  @Override
  public VersionView version(TenantId tenant, String workflow, int version) {
    return view(one(tenant, row(tenant, workflow), version), true);
  }

  private VersionStore.Row one(TenantId tenant, WorkflowStore.Row workflow, int version) {
    return versions
        .find(tenant, workflow.id(), version)
        .orElseThrow(() -> Unknown.version(workflow.name(), version));
  }

  private static VersionView view(VersionStore.Row row, boolean whole) {
    return new VersionView(
        row.id(),
        row.version(),
        row.sha256(),
        row.steps(),
        row.createdAt(),
        row.createdBy(),
        row.format(),
        whole ? row.source() : null,
        whole ? Canonical.tree(Canonical.read(row.definition())) : null);
  }

  @Override
  public Diff diff(TenantId tenant, String workflow, int from, int to) {
    var row = row(tenant, workflow);
    var before = Canonical.read(one(tenant, row, from).definition());
    var after = Canonical.read(one(tenant, row, to).definition());
    return new Diff(
        from, to, Difference.between(before, after).stream().map(VersionService::told).toList());
  }

  private static Change told(Change change) {
    return new Change(change.op(), change.pointer(), tree(change.from()), tree(change.to()));
  }

  private static @Nullable Object tree(@Nullable Object value) {
    return value == null ? null : Canonical.tree(value);
  }

  @Override
  public List<AliasView> aliases(TenantId tenant, String workflow) {
    return aliases.list(tenant, row(tenant, workflow).id());
  }

  @Override
  public AliasView setAlias(TenantId tenant, String workflow, AliasView alias, String who) {
    var row = row(tenant, workflow);
    Aliases.check(alias);
    one(tenant, row, alias.version());
    if (alias.canaryVersion() != null) {
      one(tenant, row, alias.canaryVersion());
    }
    aliases.set(tenant, row.id(), alias, who);
    return alias;
  }

  @Override
  public void deleteAlias(TenantId tenant, String workflow, String alias) {
    var row = row(tenant, workflow);
    if (!Names.fit(alias) || !aliases.delete(tenant, row.id(), alias)) {
      throw Unknown.alias(row.name(), alias);
    }
  }
}
