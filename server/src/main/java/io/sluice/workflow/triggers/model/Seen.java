package io.sluice.workflow.triggers.model;

import io.sluice.engine.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as the follower sees it.
///
/// @param xid the transaction that announced it
/// @param payload plain JSON
public record Seen(
    UUID id,
    long xid,
    TenantId tenant,
    @Nullable UUID job,
    @Nullable UUID subject,
    String type,
    String severity,
    String code,
    @Nullable Object payload,
    Instant createdAt) {
  /// The type of events about triggers, which fire none.
  public static final String TRIGGER = "trigger";

  /// The code, if it has a dot, else type and code.
  public String name() {
    return code.indexOf('.') >= 0 ? code : type + "." + code;
  }

  /// What expressions see.
  public Map<String, @Nullable Object> fields() {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("id", id.toString());
    fields.put("type", type);
    fields.put("code", code);
    fields.put("severity", severity);
    fields.put("jobId", job == null ? null : job.toString());
    fields.put("subjectId", subject == null ? null : subject.toString());
    fields.put("payload", payload);
    fields.put("createdAt", createdAt.toString());
    return fields;
  }
}
