package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.workflow.WorkflowView;
import io.sluice.workflow.Workflows;
import io.sluice.workflow.Workflows.Checked;
import io.sluice.workflow.Workflows.Saved;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/// Workflows. The body of a POST or PUT is a definition, as JSON or YAML; `{id}` is an id or a
/// name.
@RestController
@RequestMapping({"/api/v1/workflows", "/api/v1/orchestration/workflows"})
class WorkflowRoutes {
  private final Workflows workflows;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  WorkflowRoutes(Workflows workflows, CurrentTenant tenant, Idempotency idempotency) {
    this.workflows = workflows;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  /// A workflow, and what became of the definition that was sent.
  ///
  /// @param changed false if it was the latest definition already
  record Answer(
      UUID id,
      String name,
      @Nullable String description,
      Map<String, String> labels,
      int version,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Object definition,
      boolean changed,
      List<Finding> warnings) {
    static Answer of(Saved saved) {
      var w = saved.workflow();
      return new Answer(
          w.id(),
          w.name(),
          w.description(),
          w.labels(),
          w.version(),
          w.createdAt(),
          w.updatedAt(),
          w.definition(),
          saved.changed(),
          saved.warnings());
    }
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
      @RequestBody byte[] definition,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var source = Sources.source(definition, contentType);
    return idempotency.once(
        key,
        "POST /workflows",
        fingerprint(source),
        HttpStatus.CREATED,
        () -> Answer.of(workflows.create(tenant.get(), source, tenant.who())));
  }

  private static String fingerprint(Source source) {
    return source.format() + " " + Fingerprints.of(source.text());
  }

  @GetMapping
  Page<WorkflowView> list(
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable List<String> label,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    if ((name + label).indexOf('\0') >= 0) {
      throw new Page.RequestProblem("BAD_PARAMETER", "name", "has a character 0 in it");
    }
    var filter = new Workflows.Filter(name, labels(label == null ? List.of() : label));
    var read = workflows.list(tenant.get(), filter, Page.after(cursor), size + 1);
    return Page.of(read, size, WorkflowView::id, w -> w);
  }

  /// `team=crm`, or `team` for any value.
  private static Map<String, @Nullable String> labels(List<String> given) {
    var labels = new LinkedHashMap<String, @Nullable String>();
    for (var one : given) {
      int at = one.indexOf('=');
      labels.put(at < 0 ? one : one.substring(0, at), at < 0 ? null : one.substring(at + 1));
    }
    return labels;
  }

  @GetMapping("/{id}")
  ResponseEntity<WorkflowView> get(@PathVariable String id) {
    var workflow = workflows.get(tenant.get(), id);
    return ResponseEntity.ok().eTag(Versions.etag(workflow.version())).body(workflow);
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
  ResponseEntity<Answer> update(
      @PathVariable String id,
      @RequestBody byte[] definition,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    var source = Sources.source(definition, contentType);
    var saved = workflows.update(tenant.get(), id, source, Sources.edit(ifMatch, tenant.who()));
    return ResponseEntity.ok()
        .eTag(Versions.etag(saved.workflow().version()))
        .body(Answer.of(saved));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    workflows.delete(tenant.get(), id, Sources.edit(ifMatch, tenant.who()));
  }

  @TakesSource
  @PostMapping(
      path = "/validate",
      consumes = {
        MediaType.APPLICATION_JSON_VALUE,
        Sources.YAML,
        Sources.X_YAML,
        Sources.TEXT_YAML
      })
  Checked validate(
      @RequestBody byte[] definition, @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType) {
    return workflows.validate(Sources.source(definition, contentType));
  }

  @GetMapping("/schema")
  Object schema() {
    return workflows.schema();
  }
}
