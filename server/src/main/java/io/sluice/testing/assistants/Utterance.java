package io.sluice.testing.assistants;

import io.sluice.providers.Audio;
import org.jspecify.annotations.Nullable;

/// What is said in one turn.
///
/// @param language a BCP 47 tag
/// @param text its words; null: only the audio is known
/// @param audio its sound, 16 kHz; null: it is sent as text
public record Utterance(String language, @Nullable String text, @Nullable Audio audio) {
  /// Refuses silence.
  public Utterance {
    if (text == null && audio == null) {
      throw new IllegalArgumentException("an utterance has a text or audio");
    }
  }

  /// As text.
  public static Utterance written(String language, String text) {
    return new Utterance(language, text, null);
  }

  /// As audio, with the words that are in it where they are known.
  public static Utterance spoken(String language, @Nullable String text, Audio audio) {
    return new Utterance(language, text, audio);
  }
}
