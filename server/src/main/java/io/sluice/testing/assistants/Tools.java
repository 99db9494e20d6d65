package io.sluice.testing.assistants;

import io.sluice.engine.IdSource;
import io.sluice.guard.Outbound;
import io.sluice.guard.StreamedOutbound;
import io.sluice.platform.Secrets;
import java.time.InstantSource;
import tools.jackson.databind.json.JsonMapper;

/// What connectors work with.
public record Tools(
    Outbound outbound,
    StreamedOutbound streamed,
    Secrets secrets,
    InstantSource clock,
    IdSource ids,
    JsonMapper json) {
  /// A secret that a configuration names.
  ///
  /// @throws AssistantProblem.NoSecret if it is not set
  public String secret(String name) {
    return secrets.get(name).orElseThrow(() -> new AssistantProblem.NoSecret(name));
  }
}
