package io.sluice.workflow.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.WorkflowProblem.Invalid;
import io.sluice.workflow.WorkflowProblem.Unknown;
import io.sluice.workflow.WorkflowView;
import io.sluice.workflow.Workflows;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Steps;
import io.sluice.workflow.model.reading.DefinitionReader;
import io.sluice.workflow.model.reading.Reading;
import io.sluice.workflow.model.reading.Schemas;
import io.sluice.workflow.store.VersionStore;
import io.sluice.workflow.store.WorkflowStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door to definitions, opened.
@Service
class WorkflowService implements Workflows {
  private final WorkflowStore workflows;
  private final VersionStore versions;
  private final DefinitionReader reader;
  private final SpringTx transactions;
  private final IdSource ids;

  WorkflowService(
      WorkflowStore workflows,
      VersionStore versions,
      DefinitionReader reader,
      SpringTx transactions,
      IdSource ids) {
    this.workflows = workflows;
    this.versions = versions;
    this.reader = reader;
    this.transactions = transactions;
    this.ids = ids;
  }

  @Override
  public Checked validate(Source source) {
    return switch (reader.read(source.text(), source.format())) {
      case Reading.Valid valid -> new Checked(true, List.of(), valid.warnings());
      case Reading.Invalid invalid -> new Checked(false, invalid.errors(), invalid.warnings());
    };
  }

  @Override
  public Object schema() {
    return Schemas.DEFINITION.json();
  }

  /// A definition that was found valid.
  private record Draft(Source source, Reading.Valid reading, String sha256) {
    Definition definition() {
      return reading.definition();
    }

    WorkflowStore.Head head() {
      return new WorkflowStore.Head(
          definition().name(), definition().description(), definition().labels());
    }

    VersionStore.New version(UUID id, UUID workflow, int number, String who) {
      return new VersionStore.New(
          id,
          workflow,
          number,
          source.format().name().toLowerCase(Locale.ROOT),
          source.text(),
          Canonical.json(reading.json()),
          sha256,
          Steps.all(definition()).size(),
          who);
    }
  }

  private Draft draft(Source source) {
    return switch (reader.read(source.text(), source.format())) {
      case Reading.Valid valid -> new Draft(source, valid, Canonical.sha256(valid.json()));
      case Reading.Invalid invalid -> throw Invalid.definition(invalid.errors());
    };
  }

  @Override
  public Saved create(TenantId tenant, Source source, String who) {
    var draft = draft(source);
    boolean created = transactions.in(_ -> insert(tenant, draft, who));
    var row = row(tenant, draft.definition().name());
    if (!created && !latest(tenant, row).sha256().equals(draft.sha256())) {
      throw WorkflowProblem.NameTaken.workflow(row.name());
    }
    return new Saved(view(tenant, row), created, draft.reading().warnings());
  }

  /// @return false if the name is taken
  private boolean insert(TenantId tenant, Draft draft, String who) {
    var id = ids.next();
    if (!workflows.insert(tenant, id, draft.head())) {
      return false;
    }
    versions.insert(tenant, draft.version(ids.next(), id, 1, who));
    return true;
  }

  @Override
  public Saved update(TenantId tenant, String workflow, Source source, Edit edit) {
    var draft = draft(source);
    var id = row(tenant, workflow).id();
    boolean changed = transactions.in(_ -> advance(tenant, id, draft, edit));
    return new Saved(view(tenant, row(tenant, id)), changed, draft.reading().warnings());
  }

  /// Makes the next version, behind whoever makes one now.
  ///
  /// @return false if the definition is the latest already
  private boolean advance(TenantId tenant, UUID id, Draft draft, Edit edit) {
    var row = workflows.lock(tenant, id).orElseThrow(() -> Unknown.workflow(id));
    sameName(row, draft);
    expect(row, edit);
    if (latest(tenant, row).sha256().equals(draft.sha256())) {
      return false;
    }
    int next = row.latestVersion() + 1;
    versions.insert(tenant, draft.version(ids.next(), id, next, edit.who()));
    return workflows.advance(id, next, draft.head());
  }

  private static void sameName(WorkflowStore.Row row, Draft draft) {
    var name = draft.definition().name();
    if (!name.equals(row.name())) {
      throw Invalid.definition(
          List.of(
              new Finding(
                  "NAME_CHANGED",
                  "/name",
                  null,
                  null,
                  "The workflow is called '"
                      + row.name()
                      + "', and others may know it by that; create another one for '"
                      + name
                      + "'")));
    }
  }

  private static void expect(WorkflowStore.Row row, Edit edit) {
    if (edit.expected() != null && edit.expected() != row.latestVersion()) {
      throw new WorkflowProblem.Stale(
          "Workflow '" + row.name() + "'", edit.expected(), row.latestVersion());
    }
  }

  @Override
  public WorkflowView get(TenantId tenant, String workflow) {
    return view(tenant, row(tenant, workflow));
  }

  private WorkflowStore.Row row(TenantId tenant, String workflow) {
    return Definitions.find(workflows, tenant, workflow)
        .orElseThrow(() -> Unknown.workflow(workflow));
  }

  private WorkflowStore.Row row(TenantId tenant, UUID id) {
    return workflows.find(tenant, id).orElseThrow(() -> Unknown.workflow(id));
  }

  private VersionStore.Row latest(TenantId tenant, WorkflowStore.Row row) {
    return versions
        .find(tenant, row.id(), row.latestVersion())
        .orElseThrow(() -> Unknown.version(row.name(), row.latestVersion()));
  }

  private WorkflowView view(TenantId tenant, WorkflowStore.Row row) {
    return view(row, Canonical.tree(Canonical.read(latest(tenant, row).definition())));
  }

  private static WorkflowView view(WorkflowStore.Row row, @Nullable Object definition) {
    return new WorkflowView(
        row.id(),
        row.name(),
        row.description(),
        row.labels(),
        row.latestVersion(),
        row.createdAt(),
        row.updatedAt(),
        definition);
  }

  @Override
  public List<WorkflowView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    Map<String, String> valued = new LinkedHashMap<>();
    var keys = new ArrayList<String>();
    filter
        .labels()
        .forEach((name, value) -> {
          if (value == null) {
            keys.add(name);
          } else {
            valued.put(name, value);
          }
        });
    return workflows
        .list(tenant, new WorkflowStore.Filter(filter.name(), valued, keys), before, limit)
        .stream()
        .map(row -> view(row, null))
        .toList();
  }

  @Override
  public void delete(TenantId tenant, String workflow, Edit edit) {
    var id = row(tenant, workflow).id();
    transactions.in(_ -> {
      expect(workflows.lock(tenant, id).orElseThrow(() -> Unknown.workflow(workflow)), edit);
      workflows.delete(tenant, id);
      return id;
    });
  }

  /// For a source that was made and not written.
  static Source json(@Nullable Object definition) {
    return new Source(Canonical.json(definition), SourceFormat.JSON);
  }
}
