package io.sluice.providers;

import org.jspecify.annotations.Nullable;

/// What is to be spoken, and how.
///
/// @param language a BCP 47 tag, e.g. `es-MX`; where nobody speaks just that, one who speaks it
///   elsewhere does
/// @param voice of the provider's; null: the language's
/// @param text up to 2,000 characters
public record SpeechRequest(
    String language, @Nullable String voice, String text, Delivery delivery, Acoustics acoustics) {
  private static final int LONGEST = 2_000;

  /// Refuses what can not be spoken.
  public SpeechRequest {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new ProviderProblem.Unspeakable("A text of 1 to 2,000 characters can be spoken");
    }
  }

  /// In the language's voice, at the usual pace, in a quiet room.
  public static SpeechRequest of(String language, String text) {
    return new SpeechRequest(language, null, text, Delivery.USUAL, Acoustics.QUIET);
  }

  /// Elsewhere.
  public SpeechRequest in(Acoustics room) {
    return new SpeechRequest(language, voice, text, delivery, room);
  }

  /// How it is spoken.
  ///
  /// @param wordsPerMinute 80 to 450
  /// @param pitch 0 to 99
  public record Delivery(int wordsPerMinute, int pitch) {
    /// 175 words a minute, in the middle of the voice.
    public static final Delivery USUAL = new Delivery(175, 50);

    /// Refuses what no voice can do.
    public Delivery {
      if (wordsPerMinute < 80 || wordsPerMinute > 450 || pitch < 0 || pitch > 99) {
        throw new ProviderProblem.Unspeakable(
            "80 to 450 words a minute at a pitch of 0 to 99 can be spoken");
      }
    }
  }
}
