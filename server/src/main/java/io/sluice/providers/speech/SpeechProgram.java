package io.sluice.providers.speech;

import io.sluice.providers.Audio;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer.Voice;
import java.util.List;

/// What really speaks, each time anew.
interface SpeechProgram {
  /// What it is called in records.
  String name();

  /// Rises when it may speak otherwise.
  String version() throws InterruptedException;

  /// Who speaks what.
  List<Voice> voices() throws InterruptedException;

  /// The voice for a request.
  ///
  /// @throws io.sluice.providers.ProviderProblem.NoVoice if there is none
  Voice voiceFor(SpeechRequest request) throws InterruptedException;

  /// Speaks, at 16 kHz, without acoustics.
  Audio speak(String voice, SpeechRequest request) throws InterruptedException;
}
