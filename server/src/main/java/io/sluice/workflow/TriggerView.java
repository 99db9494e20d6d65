package io.sluice.workflow;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A trigger as its owner sees it.
///
/// @param version of the workflow
/// @param revision rises with each change; the ETag
/// @param nextFiringAt for schedules that are enabled
/// @param address where a webhook is to be called: shown when it is made, and never again
/// @param secrets that were made for a webhook: shown when they are made, and never again
public record TriggerView(
    UUID id,
    String name,
    @Nullable String description,
    TriggerType type,
    String workflow,
    @Nullable Integer version,
    @Nullable String alias,
    @Nullable Object input,
    boolean enabled,
    TriggerDraft.@Nullable ScheduleRule schedule,
    TriggerDraft.@Nullable HookRule webhook,
    TriggerDraft.@Nullable EventRule event,
    @Nullable Instant nextFiringAt,
    int revision,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String address,
    @Nullable List<String> secrets) {

  /// The same without what is shown only once.
  public TriggerView withoutSecrets() {
    return with(null, null);
  }

  /// The same with what is shown only once.
  public TriggerView with(@Nullable String address, @Nullable List<String> secrets) {
    return new TriggerView(
        id,
        name,
        description,
        type,
        workflow,
        version,
        alias,
        input,
        enabled,
        schedule,
        webhook,
        event,
        nextFiringAt,
        revision,
        createdAt,
        updatedAt,
        address,
        secrets);
  }

  /// Without what is shown only once.
  @Override
  public String toString() {
    return "TriggerView[" + id + ", " + type + ", " + name + "]";
  }
}
