package io.sluice.guard.store;

import io.sluice.engine.TenantId;

/// Which breaker: a tenant's service.
public record Key(TenantId tenant, String service) {}
