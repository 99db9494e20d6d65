package io.sluice.workflow.triggers.store;

import io.sluice.engine.TenantId;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.triggers.model.Snapshot;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// A trigger as stored.
///
/// @param said complete, without secrets
/// @param activeSince an event that this sees is too old for it
public record TriggerRow(
    UUID id,
    TenantId tenant,
    TriggerDraft said,
    Snapshot activeSince,
    int revision,
    Instant createdAt,
    Instant updatedAt) {
  /// Whether it fires.
  public boolean enabled() {
    return Boolean.TRUE.equals(said.enabled());
  }

  /// Its name.
  public String name() {
    return Objects.requireNonNull(said.name());
  }

  /// The name of its schedule in the engine.
  public String schedule() {
    return "trigger:" + id;
  }
}
