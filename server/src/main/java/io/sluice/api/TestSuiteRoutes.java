package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestAssets;
import io.sluice.testing.TestAssets.Chosen;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Test suites.
@RestController
@RequestMapping("/api/v1/test-suites")
class TestSuiteRoutes extends AssetRoutes {
  private final TestAssets suites;
  private final CurrentTenant tenant;

  TestSuiteRoutes(TestAssets assets, CurrentTenant tenant, Idempotency idempotency) {
    super(AssetKind.SUITE, assets, tenant, idempotency);
    this.suites = assets;
    this.tenant = tenant;
  }

  /// What it would run now, in order, and what it skips.
  @GetMapping("/{id}/selection")
  Page<Chosen> selection(@PathVariable String id) {
    return Page.all(suites.selection(tenant.get(), id));
  }
}
