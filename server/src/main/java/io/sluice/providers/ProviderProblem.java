package io.sluice.providers;

import io.sluice.platform.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can go wrong with speech and with services that are asked for an opinion.
public abstract sealed class ProviderProblem extends Problem {
  private ProviderProblem(Sort sort, String code, String detail, @Nullable Throwable cause) {
    super(sort, code, detail, List.of(), cause);
  }

  /// The program that speaks is not on this machine.
  public static final class SpeechNotInstalled extends ProviderProblem {
    /// Says how to get it.
    ///
    /// @param program what was looked for
    public SpeechNotInstalled(String program, @Nullable Throwable cause) {
      super(
          Sort.NOT_CONFIGURED,
          "SPEECH_NOT_INSTALLED",
          "The speech synthesiser '"
              + program
              + "' is not there. Install it (apt-get install espeak-ng, dnf install espeak-ng, brew"
              + " install espeak-ng), or name its path in SLUICE_PROVIDERS_SPEECH_PROGRAM, or give"
              + " the case a recording",
          cause);
    }
  }

  /// Nobody here speaks that language, or has that voice.
  public static final class NoVoice extends ProviderProblem {
    /// Says so.
    public NoVoice(String detail) {
      super(Sort.INVALID, "NO_VOICE", detail, null);
    }
  }

  /// The text can not be spoken.
  public static final class Unspeakable extends ProviderProblem {
    /// Says why.
    public Unspeakable(String detail) {
      super(Sort.INVALID, "UNSPEAKABLE", detail, null);
    }
  }

  /// The synthesiser failed or took too long.
  public static final class SpeechFailed extends ProviderProblem {
    /// Says how.
    public SpeechFailed(String detail) {
      super(Sort.UNAVAILABLE, "SPEECH_FAILED", detail, null);
    }
  }

  /// The bytes are no audio that can be read.
  public static final class BadAudio extends ProviderProblem {
    /// Says why, and what can be read.
    public BadAudio(String detail) {
      super(
          Sort.INVALID,
          "BAD_AUDIO",
          detail
              + "; a WAV file is needed with 8 to 48 kHz, one or two channels, and samples of 8,"
              + " 16, 24 or 32 bits",
          null);
    }
  }

  /// The service is off.
  public static final class NotConfigured extends ProviderProblem {
    /// Says what is missing.
    ///
    /// @param what e.g. `transcription`: the part of the settings `sluice.providers.*`
    /// @param detail what could not be done
    public NotConfigured(String what, String detail) {
      super(
          Sort.NOT_CONFIGURED,
          what.toUpperCase(java.util.Locale.ROOT) + "_NOT_CONFIGURED",
          "%s. Set SLUICE_PROVIDERS_%s_URL (the base of an OpenAI-compatible service, with /v1) and SLUICE_PROVIDERS_%s_MODEL"
              .formatted(
                  detail,
                  what.toUpperCase(java.util.Locale.ROOT),
                  what.toUpperCase(java.util.Locale.ROOT)),
          null);
    }
  }

  /// The service answered with something that can not be used.
  public static final class BadAnswer extends ProviderProblem {
    /// Says what came. Whether another attempt may help: a 429 or a 5xx passes.
    public BadAnswer(String what, int status) {
      super(
          status == 429 || status >= 500 || status / 100 == 2 ? Sort.UNAVAILABLE : Sort.INVALID,
          what.toUpperCase(java.util.Locale.ROOT) + "_FAILED",
          "The %s service answered with status %d%s"
              .formatted(
                  what,
                  status,
                  status / 100 == 2
                      ? " and nothing that could be read"
                      : "; check SLUICE_PROVIDERS_%s_URL, its model and its key"
                          .formatted(what.toUpperCase(java.util.Locale.ROOT))),
          null);
    }
  }
}
