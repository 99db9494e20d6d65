package io.sluice.testing.assistants.houndify;

import io.sluice.testing.assistants.AssistantAnswer;
import io.sluice.testing.assistants.AssistantAnswer.Fault;
import io.sluice.testing.assistants.AssistantAnswer.Partial;
import io.sluice.testing.assistants.AssistantAnswer.Sound;
import io.sluice.testing.assistants.AssistantAnswer.Timing;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a result means. There is no intent in it: the kind of its command stands for one, and for a
/// client's own matches the action that the client gave them.
final class ResultReader {
  private static final String NOT_UNDERSTOOD = "NoResultCommand";

  private final Map<?, ?> result;
  private final Map<?, ?> first;

  private ResultReader(Map<?, ?> result) {
    this.result = result;
    this.first =
        result.get("AllResults") instanceof List<?> all
                && !all.isEmpty()
                && all.getFirst() instanceof Map<?, ?> one
            ? one
            : Map.of();
  }

  /// Reads it.
  static AssistantAnswer read(Map<?, ?> result, Timing timing, List<Partial> partials) {
    var reader = new ResultReader(result);
    return new AssistantAnswer(
        reader.transcript(partials),
        reader.intent(),
        reader.entities(),
        text(reader.first, "SpokenResponse", "WrittenResponse", "SpokenResponseLong"),
        reader.sound(),
        timing,
        partials,
        reader.first.get("ConversationState"),
        reader.ids(),
        result,
        reader.fault());
  }

  private @Nullable Fault fault() {
    if ("OK".equals(result.get("Status"))) {
      return null;
    }
    var message = text(result, "ErrorMessage");
    return new Fault(
        "ASSISTANT_ERROR",
        message == null ? "The assistant's status is " + result.get("Status") : message,
        false);
  }

  /// The best of what it may have heard; what was typed has none.
  private @Nullable String transcript(List<Partial> partials) {
    if (result.get("Disambiguation") instanceof Map<?, ?> ways
        && ways.get("ChoiceData") instanceof List<?> choices
        && !choices.isEmpty()
        && choices.getFirst() instanceof Map<?, ?> best) {
      var heard = text(best, "FixedTranscription", "FormattedTranscription", "Transcription");
      if (heard != null) {
        return heard;
      }
    }
    return partials.isEmpty() ? null : partials.getLast().text();
  }

  private @Nullable String intent() {
    if (first.get("Result") instanceof Map<?, ?> match && text(match, "action") != null) {
      return text(match, "action");
    }
    var kind = text(first, "CommandKind");
    if (kind == null || kind.equals(NOT_UNDERSTOOD)) {
      return null;
    }
    var finer = text(first, kind + "Kind");
    if (finer == null
        && first.get("InformationNuggets") instanceof List<?> nuggets
        && !nuggets.isEmpty()
        && nuggets.getFirst() instanceof Map<?, ?> nugget) {
      finer = text(nugget, "NuggetKind");
    }
    return finer == null ? kind : kind + "/" + finer;
  }

  private Map<String, @Nullable Object> entities() {
    var out = new LinkedHashMap<String, @Nullable Object>();
    if (first.get("ConversationState") instanceof Map<?, ?> state
        && state.get("QueryEntities") instanceof Map<?, ?> asked) {
      asked.forEach((name, value) -> out.put(String.valueOf(name), value));
    }
    if (first.get("Result") instanceof Map<?, ?> match) {
      match.forEach((name, value) -> {
        if (!"action".equals(name)) {
          out.put(String.valueOf(name), value);
        }
      });
    }
    return out;
  }

  private @Nullable Sound sound() {
    var bytes = text(first, "ResponseAudioBytes");
    if (bytes == null) {
      return null;
    }
    var encoding = text(first, "ResponseAudioEncoding");
    try {
      return new Sound(
          Base64.getMimeDecoder().decode(bytes),
          encoding == null || encoding.equalsIgnoreCase("WAV") ? "audio/wav" : "audio/ogg");
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// What finds this answer again, and what it cost.
  private Map<String, @Nullable Object> ids() {
    var out = new LinkedHashMap<String, @Nullable Object>();
    for (var name :
        List.of("QueryID", "BuildInfo", "AudioLength", "RealSpeechTime", "RealTime", "CpuTime")) {
      if (result.get(name) != null) {
        out.put(name, result.get(name));
      }
    }
    if (result.get("DomainUsage") instanceof List<?> domains && !domains.isEmpty()) {
      out.put(
          "CreditsUsed",
          domains.stream()
              .mapToDouble(d ->
                  d instanceof Map<?, ?> used && used.get("CreditsUsed") instanceof Number n
                      ? n.doubleValue()
                      : 0)
              .sum());
    }
    return out;
  }

  /// The first of these that says something.
  private static @Nullable String text(Map<?, ?> object, String... names) {
    for (var name : names) {
      if (object.get(name) instanceof String value && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }
}
