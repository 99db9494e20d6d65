package io.sluice.api;

import io.sluice.platform.CurrentTenant;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestAssets;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Test items: steps that many cases share.
@RestController
@RequestMapping("/api/v1/test-items")
class TestItemRoutes extends AssetRoutes {
  TestItemRoutes(TestAssets assets, CurrentTenant tenant, Idempotency idempotency) {
    super(AssetKind.ITEM, assets, tenant, idempotency);
  }
}
