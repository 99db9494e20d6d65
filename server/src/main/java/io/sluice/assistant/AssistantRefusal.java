package io.sluice.assistant;

import io.sluice.platform.Problem;
import java.util.List;

/// What the sample assistant does not answer.
public abstract sealed class AssistantRefusal extends Problem {
  private AssistantRefusal(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// It does not speak that.
  public static final class Language extends AssistantRefusal {
    /// Names those that it speaks.
    public Language() {
      super(
          Sort.INVALID,
          "UNKNOWN_LANGUAGE",
          "The sample assistant speaks English (en), Spanish (es) and French (fr)",
          List.of(new Fault("/language", "begins with en, es or fr")));
    }
  }

  /// Nothing was said.
  public static final class Silence extends AssistantRefusal {
    /// Says how much may be said.
    public Silence() {
      super(
          Sort.INVALID,
          "BAD_BODY",
          "Say something of up to 1,000 characters",
          List.of(new Fault("/text", "has 1 to 1,000 characters")));
    }
  }

  /// It does not know the audio.
  public static final class CanNotHear extends AssistantRefusal {
    /// Says what to do.
    public CanNotHear() {
      super(
          Sort.NOT_CONFIGURED,
          "CAN_NOT_HEAR",
          "The sample assistant hears what this server's own synthesiser has spoken, and this audio"
              + " is none of that. For other audio set SLUICE_PROVIDERS_TRANSCRIPTION_URL and"
              + " SLUICE_PROVIDERS_TRANSCRIPTION_MODEL to an OpenAI-compatible service, or send"
              + " words to /sample-assistant/text",
          List.of());
    }
  }
}
