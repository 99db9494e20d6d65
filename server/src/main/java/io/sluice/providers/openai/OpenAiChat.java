package io.sluice.providers.openai;

import io.sluice.engine.TenantId;
import io.sluice.providers.ChatModel;
import java.util.List;
import java.util.Map;

/// Asks `/chat/completions`.
public final class OpenAiChat implements ChatModel {
  private final Endpoint endpoint;

  /// At an endpoint.
  public OpenAiChat(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public boolean configured() {
    return endpoint.configured();
  }

  @Override
  public String name() {
    return endpoint.model();
  }

  @Override
  public Reply ask(TenantId tenant, String system, String user) throws InterruptedException {
    endpoint.require("No language model can be asked");
    var request =
        Map.of(
            "model", endpoint.model(),
            "temperature", 0,
            "messages",
                List.of(
                    Map.of("role", "system", "content", system),
                    Map.of("role", "user", "content", user)));
    var said =
        endpoint.post(tenant, "/chat/completions", endpoint.bytes(request), "application/json");
    var text = said.json().at("/choices/0/message/content");
    if (!text.isString()) {
      throw endpoint.unreadable(200);
    }
    return new Reply(text.asString(), said.took());
  }
}
