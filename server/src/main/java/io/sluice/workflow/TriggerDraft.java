package io.sluice.workflow;

import io.sluice.engine.Schedule;
import io.sluice.webhooks.HmacRule;
import io.sluice.webhooks.KeyPlace;
import io.sluice.webhooks.Verification;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said about a trigger.
///
/// @param name for people
/// @param workflow id or name of what it starts
/// @param version of the workflow; null: see alias
/// @param alias null, and no version either: the latest version
/// @param input what the execution is given: any JSON, `${ … }` in it sees `trigger` and one of
///   `fire`, `request` and `event`; null: what came, as it is
/// @param enabled null: yes
/// @param schedule for type schedule only
/// @param webhook for type webhook only
/// @param event for type event only
public record TriggerDraft(
    @Nullable String name,
    @Nullable String description,
    @Nullable TriggerType type,
    @Nullable String workflow,
    @Nullable Integer version,
    @Nullable String alias,
    @Nullable Object input,
    @Nullable Boolean enabled,
    @Nullable ScheduleRule schedule,
    @Nullable HookRule webhook,
    @Nullable EventRule event) {

  /// When a schedule fires: by `cron`, or `every` so often.
  ///
  /// @param cron five fields
  /// @param zone an IANA time zone; null: UTC
  /// @param onGap a time that the clock change in spring leaves out; null: right after the gap
  /// @param every at least a second
  /// @param missed what was due while no server ran; null: once for cron, left out for `every`
  /// @param overlap when an execution that it started still runs; null: another one is started
  public record ScheduleRule(
      @Nullable String cron,
      @Nullable String zone,
      Schedule.@Nullable Gap onGap,
      @Nullable Duration every,
      Schedule.@Nullable Missed missed,
      @Nullable Overlap overlap) {}

  /// When the time has come and an execution that the schedule started still runs.
  public enum Overlap {
    /// Another one is started.
    ALLOW,
    /// Nothing is started.
    SKIP,
    /// What runs is cancelled.
    CANCEL_OLD,
    /// The next one starts when it has ended.
    QUEUE
  }

  /// How callers prove who they are; see [io.sluice.webhooks.Endpoint].
  ///
  /// @param secrets any of them is good; null: one is made, or on an update they stay. Never shown
  /// @param tolerance how far a timestamp may be from now; null: five minutes
  public record HookRule(
      @Nullable Verification verification,
      @Nullable List<String> secrets,
      @Nullable Hmac hmac,
      @Nullable String user,
      @Nullable KeyPlace key,
      @Nullable Duration tolerance) {
    /// Without the secrets.
    @Override
    public String toString() {
      return "HookRule[" + verification + "]";
    }

    /// The same with other secrets.
    public HookRule withSecrets(@Nullable List<String> values) {
      return new HookRule(verification, values, hmac, user, key, tolerance);
    }
  }

  /// The form of a signature; what is null is as in [HmacRule#ofBody] with SHA256 and HEX.
  public record Hmac(
      @Nullable String header,
      HmacRule.@Nullable Algorithm algorithm,
      HmacRule.@Nullable Encoding encoding,
      @Nullable String prefix,
      @Nullable String signed,
      @Nullable String timestampHeader,
      @Nullable String idHeader) {}

  /// Which events fire it.
  ///
  /// @param type type, code or name of events; `*` at the end stands for anything
  /// @param filter JSONata over the event, e.g. `payload.amount > 100`; null: all of the type
  public record EventRule(@Nullable String type, @Nullable String filter) {}

  /// The same, enabled or not.
  public TriggerDraft withEnabled(boolean value) {
    return new TriggerDraft(
        name, description, type, workflow, version, alias, input, value, schedule, webhook, event);
  }

  /// The same with another webhook part.
  public TriggerDraft withWebhook(@Nullable HookRule value) {
    return new TriggerDraft(
        name, description, type, workflow, version, alias, input, enabled, schedule, value, event);
  }
}
