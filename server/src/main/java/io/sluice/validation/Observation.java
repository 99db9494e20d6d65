package io.sluice.validation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came out.
///
/// @param transcript what the other side understood of what was said
/// @param intent what it took it for
/// @param entities the slots that it found
/// @param reply what it answered
/// @param latency how long it took; null if it was not measured
/// @param body the whole answer, as plain JSON
public record Observation(
    @Nullable String transcript,
    @Nullable String intent,
    Map<String, @Nullable Object> entities,
    @Nullable String reply,
    @Nullable Duration latency,
    @Nullable Object body) {
  /// The observation as plain JSON, for assertions: `transcript`, `intent`, `entities`, `reply`,
  /// `latencyMs`, `body`.
  public Map<String, @Nullable Object> document() {
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("transcript", transcript);
    out.put("intent", intent);
    out.put("entities", entities);
    out.put("reply", reply);
    out.put("latencyMs", latency == null ? null : latency.toMillis());
    out.put("body", body);
    return out;
  }
}
