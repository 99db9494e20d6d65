package io.sluice.workflow.triggers.model;

import io.sluice.workflow.TriggerType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What makes a trigger fire, once.
///
/// @param key tells this firing from all others of the trigger
/// @param by who or what, in words
/// @param dueAt for schedules: the time that it is for
/// @param source the event or the received call
/// @param depth in the chain, from 1
/// @param name of the variable that templates see: `fire`, `request` or `event`
/// @param value of that variable
/// @param plain the input where there is no template
public record Cause(
    TriggerType why,
    String key,
    String by,
    @Nullable Instant dueAt,
    @Nullable UUID source,
    int depth,
    String name,
    Map<String, @Nullable Object> value,
    @Nullable Object plain) {
  /// The deepest that a chain may be.
  public static final int DEEPEST = 10;

  /// The clock.
  public static Cause time(Instant due) {
    var fire = new LinkedHashMap<String, @Nullable Object>();
    fire.put("at", due.toString());
    return new Cause(
        TriggerType.SCHEDULE, "schedule:" + due, "schedule", due, null, 1, "fire", fire, Map.of());
  }

  /// Somebody.
  public static Cause person(String key, String who, Instant now, @Nullable Object input) {
    var fire = new LinkedHashMap<String, @Nullable Object>();
    fire.put("at", now.toString());
    fire.put("by", who);
    fire.put("input", input);
    return new Cause(
        TriggerType.MANUAL,
        key,
        who,
        null,
        null,
        1,
        "fire",
        fire,
        input == null ? Map.of() : input);
  }

  /// An event.
  public static Cause event(UUID id, int depth, Map<String, @Nullable Object> fields) {
    return new Cause(
        TriggerType.EVENT,
        eventKey(id),
        "event " + fields.get("code"),
        null,
        id,
        depth,
        "event",
        fields,
        fields.get("payload"));
  }

  /// By what a firing by an event is told from others.
  public static String eventKey(UUID id) {
    return "event:" + id;
  }

  /// A call from outside.
  public static Cause call(UUID id, Map<String, @Nullable Object> request) {
    return new Cause(
        TriggerType.WEBHOOK,
        "webhook:" + id,
        "webhook",
        null,
        id,
        1,
        "request",
        request,
        request.get("body"));
  }

  /// Under another key.
  public Cause withKey(String value) {
    return new Cause(why, value, by, dueAt, source, depth, name, this.value, plain);
  }
}
