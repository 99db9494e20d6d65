package io.sluice.testing.assistants;

import io.sluice.platform.Problem;
import java.util.List;

/// What keeps an assistant from being asked at all.
public abstract sealed class AssistantProblem extends Problem {
  private AssistantProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// The configuration can not be used.
  public static final class BadConfig extends AssistantProblem {
    /// Names all places.
    public BadConfig(List<Fault> faults) {
      super(
          Sort.INVALID,
          "BAD_ASSISTANT",
          "The assistant's configuration can not be used; 'errors' names what to correct",
          faults);
    }
  }

  /// A secret is named that there is not.
  public static final class NoSecret extends AssistantProblem {
    /// Says how to set it.
    public NoSecret(String name) {
      super(
          Sort.INVALID,
          "NO_SECRET",
          "There is no secret '%s'; set SLUICE_SECRET_%s in the server's environment"
              .formatted(name, name.toUpperCase(java.util.Locale.ROOT).replace('-', '_')),
          List.of());
    }
  }

  /// The utterance does not fit the assistant: it has no words, and the assistant takes no audio.
  public static final class WrongForm extends AssistantProblem {
    /// Says which is missing.
    public WrongForm(String detail) {
      super(Sort.INVALID, "WRONG_FORM", detail, List.of());
    }
  }
}
