package io.sluice.workflow.work;

import io.sluice.engine.TenantId;
import io.sluice.workflow.Reference;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.reading.DefinitionReader;
import io.sluice.workflow.store.AliasStore;
import io.sluice.workflow.store.VersionStore;
import io.sluice.workflow.store.WorkflowStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Compiled definitions, for those who execute them. A version never changes, so that what is here
/// is right for ever and on every node.
@Component
public class Definitions {
  /// The versions that were used lately; a definition at its limits takes some megabytes.
  private static final int KEPT = 200;

  /// A version, ready to be executed.
  ///
  /// @param version its id
  /// @param number its number
  public record Compiled(UUID version, UUID workflow, int number, Definition definition) {}

  private final WorkflowStore workflows;
  private final VersionStore versions;
  private final AliasStore aliases;
  private final Map<UUID, Compiled> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Compiled> eldest) {
          return size() > KEPT;
        }
      };

  Definitions(WorkflowStore workflows, VersionStore versions, AliasStore aliases) {
    this.workflows = workflows;
    this.versions = versions;
    this.aliases = aliases;
  }

  /// A version by its id; also one of a workflow that was deleted.
  ///
  /// @throws WorkflowProblem.Unknown if there is none
  public Compiled version(UUID id) {
    synchronized (kept) {
      var known = kept.get(id);
      if (known != null) {
        return known;
      }
    }
    var row = versions.find(id).orElseThrow(() -> WorkflowProblem.Unknown.workflow(id));
    return compiled(row);
  }

  /// The version that a reference means now.
  ///
  /// @param execution decides between the two versions of an alias that has a canary: the same id
  ///   gets the same one
  /// @throws WorkflowProblem.Unknown if there is no such workflow, version or alias
  public Compiled resolve(TenantId tenant, Reference reference, UUID execution) {
    var workflow =
        find(workflows, tenant, reference.workflow())
            .orElseThrow(() -> WorkflowProblem.Unknown.workflow(reference.workflow()));
    int number = number(tenant, workflow, reference, execution);
    return versions
        .find(tenant, workflow.id(), number)
        .map(row -> kept(row.id()).orElseGet(() -> compiled(row)))
        .orElseThrow(() -> WorkflowProblem.Unknown.version(workflow.name(), number));
  }

  private int number(
      TenantId tenant, WorkflowStore.Row workflow, Reference reference, UUID execution) {
    if (reference.version() != null) {
      return reference.version();
    }
    var name = reference.alias();
    if (name == null || name.equals(Reference.LATEST)) {
      return workflow.latestVersion();
    }
    var alias =
        Optional.of(name)
            .filter(Names::fit)
            .flatMap(n -> aliases.find(tenant, workflow.id(), n))
            .orElseThrow(() -> WorkflowProblem.Unknown.alias(workflow.name(), name));
    boolean canary = alias.canaryPercent() != null && draw(execution) < alias.canaryPercent();
    return canary && alias.canaryVersion() != null ? alias.canaryVersion() : alias.version();
  }

  /// 0 to 99, evenly: the low half of a UUIDv7 is chance.
  private static int draw(UUID execution) {
    long mixed = execution.getLeastSignificantBits() * 0x9E3779B97F4A7C15L;
    return (int) Long.remainderUnsigned(mixed >>> 16, 100);
  }

  /// A workflow by id or name.
  static Optional<WorkflowStore.Row> find(
      WorkflowStore workflows, TenantId tenant, String idOrName) {
    var id = Names.id(idOrName);
    if (id != null) {
      return workflows.find(tenant, id);
    }
    return Names.fit(idOrName) ? workflows.find(tenant, idOrName) : Optional.empty();
  }

  private Optional<Compiled> kept(UUID id) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(id));
    }
  }

  private Compiled compiled(VersionStore.Row row) {
    var definition = DefinitionReader.stored(row.definition());
    var compiled = new Compiled(row.id(), row.workflow(), row.version(), definition);
    synchronized (kept) {
      kept.put(row.id(), compiled);
    }
    return compiled;
  }
}
