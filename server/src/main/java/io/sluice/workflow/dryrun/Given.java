package io.sluice.workflow.dryrun;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What steps are given in a dry run, by their ids: for each a list of answers, one a call, whose
/// last one is given for all calls that follow.
public record Given(Map<String, List<Answer>> byStep) {
  /// Nothing.
  public static final Given NOTHING = new Given(Map.of());

  /// What a step is given.
  public sealed interface Answer {
    /// Its result, as its type gives it: `{status, headers, body}` of an HTTP_REQUEST, the payload of
    /// a signal, the answer of a person.
    record Value(@Nullable Object output) implements Answer {}

    /// Its failure.
    ///
    /// @param status of an HTTP answer; null: none
    /// @param passing whether another attempt may help
    record Failure(String code, String message, @Nullable Integer status, boolean passing)
        implements Answer {}
  }
}
