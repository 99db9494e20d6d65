package io.sluice.providers;

import io.sluice.engine.TenantId;
import java.time.Duration;

/// Turns speech into text: any service with OpenAI's `/audio/transcriptions`. Off until it is set
/// up. Safe for use by many threads.
public interface Transcriber {
  /// Whether it is set up.
  boolean configured();

  /// Transcribes.
  ///
  /// @param language a BCP 47 tag
  /// @throws ProviderProblem.NotConfigured if it is off
  /// @throws ProviderProblem.BadAnswer if the service answers with nothing that can be used
  Transcript transcribe(TenantId tenant, Audio audio, String language) throws InterruptedException;

  /// What was understood.
  ///
  /// @param model that understood it
  record Transcript(String text, String model, Duration took) {}
}
