package io.sluice.workflow.model;

import io.sluice.expression.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends an event to a URL, signed as Standard Webhooks says.
///
/// @param service whose circuit breaker and limits it goes through; null: the host of the URL
/// @param url renders to an absolute `http` or `https` URL
/// @param eventType the `type` of the event
/// @param payload its `data`; null: null
/// @param secret the name of the secret that signs it; null: it is not signed
/// @param headers by name, beside those of the signature
/// @param expectedStatus what counts as delivered
public record WebhookCall(
    @Nullable String service,
    Template url,
    String eventType,
    @Nullable Template payload,
    @Nullable String secret,
    Map<String, Template> headers,
    List<StatusRange> expectedStatus)
    implements Config {
  @Override
  public StepType type() {
    return StepType.WEBHOOK_CALL;
  }
}
