package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.testing.AssetKind;
import io.sluice.testing.AssetVersion;
import io.sluice.testing.AssetView;
import io.sluice.testing.CaseType;
import io.sluice.testing.TestAssets;
import io.sluice.testing.TestAssets.Edit;
import io.sluice.testing.TestAssets.Filter;
import io.sluice.testing.TestAssets.Saved;
import io.sluice.testing.TestAssets.Shelf;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What items, cases and suites have alike. The body of a POST or PUT is a definition, as JSON or
/// YAML; `{id}` is an id or a name.
abstract class AssetRoutes {
  private final AssetKind kind;
  private final TestAssets assets;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;

  AssetRoutes(AssetKind kind, TestAssets assets, CurrentTenant tenant, Idempotency idempotency) {
    this.kind = kind;
    this.assets = assets;
    this.tenant = tenant;
    this.idempotency = idempotency;
  }

  /// An asset, and what became of the definition that was sent.
  ///
  /// @param changed false if it was the latest definition already
  record Answer(AssetView asset, boolean changed, List<Finding> warnings) {
    static Answer of(Saved saved) {
      return new Answer(saved.asset(), saved.changed(), saved.warnings());
    }
  }

  private Shelf shelf() {
    return new Shelf(tenant.get(), kind);
  }

  private Edit edit(@Nullable String ifMatch) {
    return new Edit(tenant.who(), Versions.expected(ifMatch));
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
        "POST /" + kind.route(),
        fingerprint(source),
        HttpStatus.CREATED,
        () -> Answer.of(assets.create(shelf(), source, tenant.who())));
  }

  private static String fingerprint(Source source) {
    return source.format() + " " + Fingerprints.of(source.text());
  }

  @GetMapping
  Page<AssetView> list(
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(defaultValue = "false") boolean archived,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    if ((name + tag).indexOf('\0') >= 0) {
      throw new Page.RequestProblem("BAD_PARAMETER", "name", "has a character 0 in it");
    }
    var filter = new Filter(name, tag, type(type), archived);
    var read = assets.list(shelf(), filter, Page.after(cursor), size + 1);
    return Page.of(read, size, AssetView::id, a -> a);
  }

  private static @Nullable CaseType type(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(CaseType.values())
        .filter(t -> t.sql().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new Page.RequestProblem(
                "BAD_PARAMETER",
                "type",
                "must be one of "
                    + String.join(
                        ", ", Arrays.stream(CaseType.values()).map(CaseType::sql).toList())));
  }

  @GetMapping("/{id}")
  ResponseEntity<AssetView> get(@PathVariable String id) {
    var asset = assets.get(shelf(), id);
    return ResponseEntity.ok().eTag(Versions.etag(asset.version())).body(asset);
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
    var saved = assets.update(shelf(), id, source, edit(ifMatch));
    return ResponseEntity.ok().eTag(Versions.etag(saved.asset().version())).body(Answer.of(saved));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    assets.delete(shelf(), id, edit(ifMatch));
  }

  @GetMapping("/{id}/versions")
  Page<AssetVersion> versions(
      @PathVariable String id,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var before = cursor == null ? null : (Integer) Ords.read(cursor);
    var read = assets.versions(shelf(), id, before, size + 1);
    var next = read.size() > size ? Ords.write(read.get(size - 1).version()) : null;
    return new Page<>(read.stream().limit(size).toList(), next);
  }

  @GetMapping("/{id}/versions/{version}")
  ResponseEntity<AssetVersion> version(@PathVariable String id, @PathVariable int version) {
    var view = assets.version(shelf(), id, version);
    return ResponseEntity.ok().eTag(Versions.etag(version)).body(view);
  }

  @GetMapping("/{id}/versions/diff")
  AssetVersion.Diff diff(@PathVariable String id, @RequestParam int from, @RequestParam int to) {
    return assets.diff(shelf(), id, from, to);
  }

  @GetMapping("/schema")
  Object schema() {
    return assets.schema(kind);
  }
}
