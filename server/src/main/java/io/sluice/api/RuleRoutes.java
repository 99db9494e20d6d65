package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.TransformationRules;
import io.sluice.workflow.TransformationRules.Content;
import io.sluice.workflow.TransformationRules.Preview;
import io.sluice.workflow.TransformationRules.Trial;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

/// Transformation rules; `{id}` is an id or a name.
@RestController
@RequestMapping("/api/v1/transformation-rules")
class RuleRoutes {
  private final TransformationRules rules;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  RuleRoutes(TransformationRules rules, CurrentTenant tenant, Idempotency idempotency) {
    this.rules = rules;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  /// A rule at one version.
  record Answer(
      UUID id,
      String name,
      @Nullable String description,
      int version,
      String expression,
      @Nullable Map<String, @Nullable Object> inputSchema,
      @Nullable Map<String, @Nullable Object> outputSchema,
      Instant createdAt,
      Instant updatedAt) {
    static Answer of(TransformationRules.View view) {
      var content = view.content();
      return new Answer(
          view.id(),
          content.name(),
          content.description(),
          view.version(),
          content.expression(),
          content.inputSchema(),
          content.outputSchema(),
          view.createdAt(),
          view.updatedAt());
    }
  }

  /// A rule as it is sent.
  record Sent(
      @Nullable String name,
      @Nullable String description,
      @Nullable String expression,
      @Nullable Map<String, @Nullable Object> inputSchema,
      @Nullable Map<String, @Nullable Object> outputSchema) {
    Content content() {
      return new Content(
          required("name", name),
          description,
          required("expression", expression),
          inputSchema,
          outputSchema);
    }

    private static String required(String field, @Nullable String value) {
      if (value == null || value.isBlank()) {
        throw new Page.RequestProblem("BAD_BODY", "/" + field, "is missing");
      }
      return value;
    }
  }

  @PostMapping
  ResponseEntity<?> create(
      @RequestBody Sent rule,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /transformation-rules",
        Fingerprints.of(rule.toString()),
        HttpStatus.CREATED,
        () -> Answer.of(rules.create(tenant.get(), rule.content(), tenant.who())));
  }

  @GetMapping
  Page<Answer> list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var read = rules.list(tenant.get(), Page.after(cursor), size + 1);
    return Page.of(read, size, TransformationRules.View::id, Answer::of);
  }

  @GetMapping("/{id}")
  ResponseEntity<Answer> get(
      @PathVariable String id, @RequestParam(required = false) @Nullable Integer version) {
    var view = rules.get(tenant.get(), id, version);
    return ResponseEntity.ok().eTag(Versions.etag(view.revision())).body(Answer.of(view));
  }

  @GetMapping("/{id}/versions")
  Page<Answer> versions(
      @PathVariable String id,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var before = cursor == null ? null : (Integer) Ords.read(cursor);
    var read = rules.versions(tenant.get(), id, before, size + 1);
    var next = read.size() > size ? Ords.write(read.get(size - 1).version()) : null;
    return new Page<>(read.stream().limit(size).map(Answer::of).toList(), next);
  }

  @PutMapping("/{id}")
  ResponseEntity<Answer> update(
      @PathVariable String id,
      @RequestBody Sent rule,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    var view = rules.update(tenant.get(), id, rule.content(), Sources.edit(ifMatch, tenant.who()));
    return ResponseEntity.ok().eTag(Versions.etag(view.revision())).body(Answer.of(view));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    rules.delete(tenant.get(), id, Sources.edit(ifMatch, tenant.who()));
  }

  @PostMapping("/{id}/preview")
  Preview preview(@PathVariable String id, @RequestBody Trial trial) {
    return rules.preview(tenant.get(), id, trial);
  }
}
