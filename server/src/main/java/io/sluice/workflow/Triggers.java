package io.sluice.workflow;

import io.sluice.engine.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Triggers: what starts executions by itself. They are made, fired, and their firings looked up.
///
/// Every method that takes an id throws [TriggerProblem.Unknown] if the tenant has no such trigger.
public interface Triggers {
  /// Makes a trigger. A webhook's address, and a secret if one was made, are in the answer and
  /// never shown again.
  ///
  /// @throws TriggerProblem.Bad if the draft breaks a rule
  TriggerView create(TenantId tenant, TriggerDraft draft);

  /// Which triggers. Every part that is null matches all.
  ///
  /// @param workflow as the triggers name it
  record Filter(@Nullable String workflow, @Nullable TriggerType type, @Nullable Boolean enabled) {}

  /// Triggers, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<TriggerView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit);

  /// One trigger.
  TriggerView get(TenantId tenant, UUID id);

  /// Replaces what was said about a trigger. Its type stays.
  ///
  /// @param revision that the caller saw; null: whatever it is
  /// @throws TriggerProblem.Changed if it is another one now
  TriggerView update(TenantId tenant, UUID id, @Nullable Integer revision, TriggerDraft draft);

  /// Lets it fire, or not.
  TriggerView enable(TenantId tenant, UUID id, boolean enabled);

  /// Removes a trigger with its firings; what it started goes on.
  ///
  /// @param revision that the caller saw; null: whatever it is
  void delete(TenantId tenant, UUID id, @Nullable Integer revision);

  /// What is made anew for a webhook.
  ///
  /// @param address whether it gets another address; the old one leads nowhere then
  /// @param secret another one; null: one is made
  /// @param keepOld how long the old secrets stay valid; null: a day
  record Rotation(@Nullable Boolean address, @Nullable String secret, @Nullable Duration keepOld) {
    /// Without the secret.
    @Override
    public String toString() {
      return "Rotation[address=" + address + "]";
    }
  }

  /// Gives a webhook a new secret; the old ones stay valid for a time.
  ///
  /// @throws TriggerProblem.NotPossible if it is no webhook
  TriggerView rotate(TenantId tenant, UUID id, Rotation rotation);

  /// Somebody asks for a firing.
  ///
  /// @param input what the template sees as `fire.input`
  /// @param key the same key fires once; null: every time
  record Push(@Nullable Object input, @Nullable String key, String who) {}

  /// Fires a trigger of any type now, past its overlap policy.
  ///
  /// @throws TriggerProblem.Disabled if it is disabled
  FiringView fire(TenantId tenant, UUID id, Push push);

  /// Which firings of a trigger.
  ///
  /// @param outcome null: all
  /// @param before only those older than this one; null: from the newest
  record FiringFilter(@Nullable FiringOutcome outcome, @Nullable UUID before) {}

  /// Firings, newest first.
  List<FiringView> firings(TenantId tenant, UUID id, FiringFilter filter, int limit);

  /// The next times at which a schedule fires, or would fire if it were enabled.
  ///
  /// @param after null: now
  /// @throws TriggerProblem.NotPossible if it is no schedule
  List<Instant> next(TenantId tenant, UUID id, @Nullable Instant after, int count);
}
