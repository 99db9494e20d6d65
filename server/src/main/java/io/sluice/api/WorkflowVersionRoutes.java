package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.workflow.AliasView;
import io.sluice.workflow.VersionView;
import io.sluice.workflow.WorkflowVersions;
import io.sluice.workflow.WorkflowVersions.Diff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Versions and aliases of a workflow; `{id}` is an id or a name.
@RestController
@RequestMapping({"/api/v1/workflows/{id}", "/api/v1/orchestration/workflows/{id}"})
class WorkflowVersionRoutes {
  private final WorkflowVersions versions;
  private final CurrentTenant tenant;

  WorkflowVersionRoutes(WorkflowVersions versions, CurrentTenant tenant) {
    this.versions = versions;
    this.tenant = tenant;
  }

  @GetMapping("/versions")
  Page<VersionView> versions(
      @PathVariable String id,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    var before = cursor == null ? null : (Integer) Ords.read(cursor);
    var read = versions.versions(tenant.get(), id, before, size + 1);
    var next = read.size() > size ? Ords.write(read.get(size - 1).version()) : null;
    return new Page<>(read.stream().limit(size).toList(), next);
  }

  @GetMapping("/versions/{version}")
  ResponseEntity<VersionView> version(@PathVariable String id, @PathVariable int version) {
    var view = versions.version(tenant.get(), id, version);
    return ResponseEntity.ok().eTag(Versions.etag(version)).body(view);
  }

  @GetMapping("/versions/diff")
  Diff diff(@PathVariable String id, @RequestParam int from, @RequestParam int to) {
    return versions.diff(tenant.get(), id, from, to);
  }

  @GetMapping("/aliases")
  Page<AliasView> aliases(@PathVariable String id) {
    return Page.all(versions.aliases(tenant.get(), id));
  }

  /// What an alias is to stand for.
  record Target(int version, @Nullable Integer canaryVersion, @Nullable Integer canaryPercent) {}

  @PutMapping("/aliases/{alias}")
  AliasView setAlias(
      @PathVariable String id, @PathVariable String alias, @RequestBody Target target) {
    var view =
        new AliasView(alias, target.version(), target.canaryVersion(), target.canaryPercent());
    return versions.setAlias(tenant.get(), id, view, tenant.who());
  }

  @DeleteMapping("/aliases/{alias}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteAlias(@PathVariable String id, @PathVariable String alias) {
    versions.deleteAlias(tenant.get(), id, alias);
  }
}
