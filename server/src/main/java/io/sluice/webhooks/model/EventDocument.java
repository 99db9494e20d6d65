package io.sluice.webhooks.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as webhooks see it: what filters look at, and what is sent as `data`.
///
/// @param payload plain JSON
public record EventDocument(
    UUID id,
    String type,
    String severity,
    String code,
    @Nullable UUID job,
    @Nullable UUID subject,
    @Nullable Object payload,
    Instant createdAt) {
  /// The type of events about webhooks.
  public static final String WEBHOOK = "webhook";

  /// The `type` that is sent: the code, if it has a dot, else type and code.
  public String name() {
    return code.indexOf('.') >= 0 ? code : type + "." + code;
  }

  /// The id under which it is sent, to whomever and however often.
  public String messageId() {
    return "msg_" + id;
  }

  /// What filters look at.
  public Map<String, @Nullable Object> fields() {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("id", id.toString());
    fields.put("type", type);
    fields.put("severity", severity);
    fields.put("code", code);
    fields.put("jobId", job == null ? null : job.toString());
    fields.put("subjectId", subject == null ? null : subject.toString());
    fields.put("payload", payload);
    fields.put("createdAt", createdAt.toString());
    return fields;
  }

  /// What is sent.
  public Map<String, @Nullable Object> message() {
    return message(name(), createdAt, fields());
  }

  /// What is sent, of anything.
  public static Map<String, @Nullable Object> message(
      String type, Instant at, Map<String, @Nullable Object> data) {
    var message = new LinkedHashMap<String, @Nullable Object>();
    message.put("type", type);
    message.put("timestamp", at.toString());
    message.put("data", data);
    return message;
  }
}
