package io.sluice.workflow.dryrun;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What steps are given in a dry run, by their ids: for each a list of answers, one a call, whose
/// last one is given for all calls that follow.
public record Given(Map<String, List<Answer>> byStep) {
  /// Nothing.
  public static final Given NOTHING = new Given(Map.of());

  /// Reads what is written: for each step an answer `{output: …}` or `{error: {code: …}}`, or a
  /// list of these.
  ///
  /// @throws IllegalArgumentException if something else is written; says where
  public static Given read(Map<String, ? extends @Nullable Object> written) {
    var answers = new LinkedHashMap<String, List<Answer>>();
    written.forEach((step, said) ->
        answers.put(
            step,
            said instanceof List<?> many && !many.isEmpty()
                ? many.stream().map(each -> answer(step, each)).toList()
                : List.of(answer(step, said))));
    return new Given(answers);
  }

  private static Answer answer(String step, @Nullable Object said) {
    if (said instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("output")) {
      return new Answer.Value(map.get("output"));
    }
    if (said instanceof Map<?, ?> map
        && map.size() == 1
        && map.get("error") instanceof Map<?, ?> error) {
      return new Answer.Failure(
          error.get("code") instanceof String code ? code : "FAILED",
          error.get("message") instanceof String message ? message : "as given",
          error.get("status") instanceof Integer status ? status : null,
          Boolean.TRUE.equals(error.get("passing")));
    }
    throw new IllegalArgumentException(
        "'" + step + "' must be given {output: …}, {error: {code: …}}, or a list of these");
  }

  /// What a step is given.
  public sealed interface Answer {
    /// Its result, as its type gives it: `{status, headers, body}` of an HTTP_REQUEST, the payload
    /// of a signal, the answer of a person.
    record Value(@Nullable Object output) implements Answer {}

    /// Its failure.
    ///
    /// @param status of an HTTP answer; null: none
    /// @param passing whether another attempt may help
    record Failure(String code, String message, @Nullable Integer status, boolean passing)
        implements Answer {}
  }
}
