package io.sluice.workflow.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.WorkflowProblem.Invalid;
import io.sluice.workflow.WorkflowProblem.Unknown;
import io.sluice.workflow.WorkflowTemplates;
import io.sluice.workflow.Workflows;
import io.sluice.workflow.Workflows.Edit;
import io.sluice.workflow.model.reading.BlueprintReader;
import io.sluice.workflow.model.reading.BlueprintReader.Result;
import io.sluice.workflow.model.template.Blueprint;
import io.sluice.workflow.model.template.Parameter;
import io.sluice.workflow.model.template.Placeholders;
import io.sluice.workflow.store.TemplateStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The door to templates, opened.
@Service
class TemplateService implements WorkflowTemplates {
  private final TemplateStore templates;
  private final BuiltInTemplates builtIn;
  private final Workflows workflows;
  private final IdSource ids;

  TemplateService(
      TemplateStore templates, BuiltInTemplates builtIn, Workflows workflows, IdSource ids) {
    this.templates = templates;
    this.builtIn = builtIn;
    this.workflows = workflows;
    this.ids = ids;
  }

  @Override
  public View create(TenantId tenant, Source source) {
    var content = content(source);
    var id = ids.next();
    if (builtIn.find(content.name()).isPresent() || !templates.insert(tenant, id, content)) {
      throw WorkflowProblem.NameTaken.template(content.name());
    }
    return view(row(tenant, id.toString()), true);
  }

  private static TemplateStore.Content content(Source source) {
    return switch (BlueprintReader.read(source)) {
      case Result.Right<Blueprint>(Blueprint template) ->
          new TemplateStore.Content(
              template.name(),
              template.description(),
              Canonical.json(template.parametersJson()),
              Canonical.json(template.body()));
      case Result.Wrong<Blueprint>(List<Finding> findings) ->
          throw new Invalid("INVALID_TEMPLATE", "The template", findings);
    };
  }

  @Override
  public View update(TenantId tenant, String template, Source source, Edit edit) {
    changeable(template);
    var content = content(source);
    var now = row(tenant, template);
    if (!content.name().equals(now.name())) {
      var fault =
          new Finding(
              "NAME_CHANGED",
              "/name",
              null,
              null,
              "The template is called '" + now.name() + "'; create another one for this name");
      throw new Invalid("INVALID_TEMPLATE", "The template", List.of(fault));
    }
    expect(now, edit);
    if (!templates.change(now.id(), now.revision(), content)) {
      throw stale(tenant, now);
    }
    return view(row(tenant, now.id().toString()), true);
  }

  private void changeable(String template) {
    builtIn
        .find(template)
        .ifPresent(t -> {
          throw new WorkflowProblem.ReadOnly(t.name());
        });
  }

  private static void expect(TemplateStore.Row now, Edit edit) {
    if (edit.expected() != null && edit.expected() != now.revision()) {
      throw new WorkflowProblem.Stale(
          "Template '" + now.name() + "'", edit.expected(), now.revision());
    }
  }

  private WorkflowProblem.Stale stale(TenantId tenant, TemplateStore.Row was) {
    var now = row(tenant, was.id().toString());
    return new WorkflowProblem.Stale(
        "Template '" + now.name() + "'", was.revision(), now.revision());
  }

  @Override
  public View get(TenantId tenant, String template) {
    return builtIn
        .find(template)
        .map(t -> view(t, true))
        .orElseGet(() -> view(row(tenant, template), true));
  }

  private TemplateStore.Row row(TenantId tenant, String template) {
    var id = Names.id(template);
    Optional<TemplateStore.Row> found =
        id != null
            ? templates.find(tenant, id)
            : Optional.of(template)
                .filter(Names::fit)
                .flatMap(name -> templates.find(tenant, name));
    return found.orElseThrow(() -> Unknown.template(template));
  }

  @Override
  public List<View> list(TenantId tenant, @Nullable UUID before, int limit) {
    var own = templates.list(tenant, before, limit).stream().map(row -> view(row, false));
    var shipped =
        before == null ? builtIn.all().stream().map(t -> view(t, false)) : Stream.<View>empty();
    return Stream.concat(shipped, own).toList();
  }

  @SuppressWarnings("unchecked")
  private static View view(TemplateStore.Row row, boolean whole) {
    return new View(
        row.id(),
        row.name(),
        row.description(),
        (List<Object>) Objects.requireNonNull(Canonical.read(row.parameters())),
        whole ? Canonical.tree(Canonical.read(row.body())) : null,
        false,
        row.revision(),
        row.createdAt(),
        row.updatedAt());
  }

  @SuppressWarnings("unchecked")
  private static View view(Blueprint template, boolean whole) {
    return new View(
        BuiltInTemplates.id(template),
        template.name(),
        template.description(),
        (List<Object>) (List<?>) template.parametersJson(),
        whole ? Canonical.tree(template.body()) : null,
        true,
        1,
        null,
        null);
  }

  @Override
  public void delete(TenantId tenant, String template, Edit edit) {
    changeable(template);
    var now = row(tenant, template);
    expect(now, edit);
    if (!templates.delete(now.id(), now.revision())) {
      throw stale(tenant, now);
    }
  }

  @Override
  public Instance instantiate(TenantId tenant, String template, Order order) {
    var definition = filled(drawing(tenant, template), order.parameters());
    var source = WorkflowService.json(definition);
    try {
      if (order.dryRun()) {
        var checked = workflows.validate(source);
        if (!checked.valid()) {
          throw Invalid.definition(checked.errors());
        }
        return new Instance(Canonical.tree(definition), null, withoutPlaces(checked.warnings()));
      }
      var saved = workflows.create(tenant, source, order.who());
      return new Instance(
          Canonical.tree(definition), saved.workflow(), withoutPlaces(saved.warnings()));
    } catch (Invalid e) {
      throw Invalid.definition(withoutPlaces(e.findings()));
    }
  }

  /// Nobody has seen the text that the places are in.
  private static List<Finding> withoutPlaces(List<Finding> findings) {
    return findings.stream()
        .map(f -> new Finding(f.code(), f.pointer(), null, null, f.detail()))
        .toList();
  }

  /// What is filled in.
  private record Drawing(List<Parameter> parameters, Map<String, @Nullable Object> body) {}

  @SuppressWarnings("unchecked")
  private Drawing drawing(TenantId tenant, String template) {
    return builtIn
        .find(template)
        .map(t -> new Drawing(t.parameters(), t.body()))
        .orElseGet(() -> {
          var row = row(tenant, template);
          var parameters = BlueprintReader.stored(Canonical.read(row.parameters()));
          var body = (Map<String, @Nullable Object>) Canonical.read(row.body());
          return new Drawing(parameters, Objects.requireNonNull(body));
        });
  }

  private static Object filled(Drawing drawing, Map<String, @Nullable Object> given) {
    return switch (BlueprintReader.values(drawing.parameters(), given)) {
      case Result.Right<Map<String, @Nullable Object>> right ->
          Objects.requireNonNull(
              Placeholders.fill(drawing.body(), drawing.parameters(), right.value()));
      case Result.Wrong<Map<String, @Nullable Object>> wrong ->
          throw new Invalid("INVALID_PARAMETERS", "The request", wrong.findings());
    };
  }
}
