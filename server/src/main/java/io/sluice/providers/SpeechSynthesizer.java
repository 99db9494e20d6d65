package io.sluice.providers;

import io.sluice.engine.TenantId;
import java.util.List;

/// Speaks. The same request is spoken once and then remembered. Safe for use by many threads.
public interface SpeechSynthesizer {
  /// Speaks a text.
  ///
  /// @throws ProviderProblem.SpeechNotInstalled if there is no synthesiser
  /// @throws ProviderProblem.NoVoice if nobody speaks the language
  /// @throws ProviderProblem.SpeechFailed if another attempt may help
  Speech speak(TenantId tenant, SpeechRequest request) throws InterruptedException;

  /// Who speaks what.
  ///
  /// @throws ProviderProblem.SpeechNotInstalled if there is no synthesiser
  List<Voice> voices() throws InterruptedException;

  /// A voice.
  ///
  /// @param id what a request names
  /// @param language a BCP 47 tag, lower case
  record Voice(String id, String language, String name) {}
}
