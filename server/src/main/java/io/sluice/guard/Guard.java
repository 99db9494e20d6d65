package io.sluice.guard;

import io.sluice.engine.TenantId;

/// A look before a step begins, so that it can wait without having started.
public interface Guard {
  /// Whether a call to a service would be made now. Cheap: mostly memory. Takes nothing; the call
  /// itself may still be told [NotNow].
  Admission admit(TenantId tenant, String service);
}
