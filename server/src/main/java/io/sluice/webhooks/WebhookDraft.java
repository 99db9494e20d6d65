package io.sluice.webhooks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be said about a webhook.
///
/// @param name for people
/// @param url `https://…`; where deliveries are POSTed to
/// @param types which events, by type, code or name; `*` at the end stands for anything
/// @param filter JSONata over the event, e.g. `severity = 'error'`; null: all of the types
/// @param headers sent with each delivery; on an update `***` keeps the value that is stored
/// @param enabled whether anything is delivered
public record WebhookDraft(
    String name,
    String url,
    @Nullable String description,
    List<String> types,
    @Nullable String filter,
    Map<String, String> headers,
    boolean enabled) {
  /// Without the values of headers.
  @Override
  public String toString() {
    return "WebhookDraft[" + name + "]";
  }
}
