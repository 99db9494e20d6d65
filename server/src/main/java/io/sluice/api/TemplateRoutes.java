package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.WorkflowTemplates;
import io.sluice.workflow.WorkflowTemplates.Instance;
import io.sluice.workflow.WorkflowTemplates.Order;
import io.sluice.workflow.WorkflowTemplates.View;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Workflow templates, as JSON or YAML; `{id}` is an id or a name.
@RestController
@RequestMapping("/api/v1/workflow-templates")
class TemplateRoutes {
  private final WorkflowTemplates templates;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  TemplateRoutes(WorkflowTemplates templates, CurrentTenant tenant, Idempotency idempotency) {
    this.templates = templates;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  @TakesSource
  @PostMapping(
      consumes = {
        MediaType.APPLICATION_JSON_VALUE,
        Sources.YAML,
        Sources.X_YAML,
        Sources.TEXT_YAML
      })
  ResponseEntity<?> create(
      @RequestBody byte[] template,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var source = Sources.source(template, contentType);
    return idempotency.once(
        key,
        "POST /workflow-templates",
        Fingerprints.of(source.toString()),
        HttpStatus.CREATED,
        () -> templates.create(tenant.get(), source));
  }

  /// The first page has those that come with the server too, beyond its limit.
  @GetMapping
  Page<View> list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var read = templates.list(tenant.get(), Page.after(cursor), size + 1);
    int shipped = (int) read.stream().filter(View::builtIn).count();
    return Page.of(read, size + shipped, View::id, t -> t);
  }

  @GetMapping("/{id}")
  ResponseEntity<View> get(@PathVariable String id) {
    var view = templates.get(tenant.get(), id);
    return ResponseEntity.ok().eTag(Versions.etag(view.revision())).body(view);
  }

  @TakesSource
  @PutMapping(
      path = "/{id}",
      consumes = {
        MediaType.APPLICATION_JSON_VALUE,
        Sources.YAML,
        Sources.X_YAML,
        Sources.TEXT_YAML
      })
  ResponseEntity<View> update(
      @PathVariable String id,
      @RequestBody byte[] template,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    var source = Sources.source(template, contentType);
    var view = templates.update(tenant.get(), id, source, Sources.edit(ifMatch, tenant.who()));
    return ResponseEntity.ok().eTag(Versions.etag(view.revision())).body(view);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    templates.delete(tenant.get(), id, Sources.edit(ifMatch, tenant.who()));
  }

  /// What is filled in.
  ///
  /// @param dryRun whether nothing is created
  record Values(@Nullable Map<String, @Nullable Object> parameters, @Nullable Boolean dryRun) {}

  @PostMapping("/{id}/instantiate")
  ResponseEntity<?> instantiate(
      @PathVariable String id,
      @RequestBody Values values,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    boolean dry = Boolean.TRUE.equals(values.dryRun());
    return idempotency.once(
        key,
        "POST /workflow-templates/instantiate",
        Fingerprints.of(id + " " + values),
        dry ? HttpStatus.OK : HttpStatus.CREATED,
        () -> instance(id, values, dry));
  }

  private Instance instance(String id, Values values, boolean dry) {
    Map<String, @Nullable Object> given =
        values.parameters() == null ? Map.of() : values.parameters();
    return templates.instantiate(tenant.get(), id, new Order(given, dry, tenant.who()));
  }
}
