package io.sluice.providers;

import io.sluice.engine.TenantId;
import io.sluice.validation.Judge;
import java.util.Optional;

/// Finds somebody who judges for a tenant.
@FunctionalInterface
public interface Judges {
  /// A judge; empty while no chat model is set up.
  Optional<Judge> of(TenantId tenant);
}
