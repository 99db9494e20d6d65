package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestAssets;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Test cases.
@RestController
@RequestMapping("/api/v1/test-cases")
class TestCaseRoutes extends AssetRoutes {
  TestCaseRoutes(TestAssets assets, CurrentTenant tenant, Idempotency idempotency) {
    super(AssetKind.CASE, assets, tenant, idempotency);
  }
}
