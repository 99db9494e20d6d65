package io.sluice.providers;

import io.sluice.engine.TenantId;
import java.time.Duration;

/// A language model: any service with OpenAI's `/chat/completions`. Off until it is set up. Safe
/// for use by many threads.
public interface ChatModel {
  /// Whether it is set up.
  boolean configured();

  /// What it is called in records.
  String name();

  /// Asks, at temperature 0.
  ///
  /// @param system what it is to do
  /// @param user what it is to do it with
  /// @throws ProviderProblem.NotConfigured if it is off
  /// @throws ProviderProblem.BadAnswer if the service answers with nothing that can be used
  Reply ask(TenantId tenant, String system, String user) throws InterruptedException;

  /// What it said.
  record Reply(String text, Duration took) {}
}
