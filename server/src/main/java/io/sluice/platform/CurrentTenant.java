package io.sluice.platform;

import io.sluice.engine.TenantId;
import org.springframework.stereotype.Component;

/// Whose request this is. Until tokens are asked for there is one tenant.
@Component
public class CurrentTenant {
  /// The tenant.
  public TenantId get() {
    return TenantId.DEFAULT;
  }

  /// Who asks, for histories.
  public String who() {
    return "operator";
  }
}
