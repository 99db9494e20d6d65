package io.sluice.testing.assistants.http;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.guard.Answer;
import io.sluice.testing.assistants.AssistantAnswer;
import io.sluice.testing.assistants.AssistantAnswer.Fault;
import io.sluice.testing.assistants.AssistantAnswer.Sound;
import io.sluice.testing.assistants.AssistantAnswer.Timing;
import io.sluice.testing.assistants.Tools;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Takes from an answer what the extractions say.
final class AnswerReader {
  private final Map<String, Expression> extract;
  private final Tools tools;

  AnswerReader(Map<String, Expression> extract, Tools tools) {
    this.extract = extract;
    this.tools = tools;
  }

  /// An extraction that does not fit the answer. Its message tells no value.
  private static final class Unfit extends RuntimeException {
    Unfit(String message) {
      super(message, null, false, false);
    }
  }

  /// Reads it.
  AssistantAnswer read(Answer answer) {
    var timing = Timing.of(answer.took());
    var type = answer.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    var body = type.startsWith("audio/") ? null : body(answer);
    if (answer.status() / 100 != 2) {
      boolean passing = answer.status() == 429 || answer.status() >= 500;
      var detail = "The assistant answered with status " + answer.status();
      return AssistantAnswer.failed(new Fault("ASSISTANT_STATUS", detail, passing), timing, body);
    }
    try {
      return read(
          document(answer, body), type.startsWith("audio/") ? sound(answer, type) : null, timing);
    } catch (Unfit e) {
      return AssistantAnswer.failed(
          new Fault("ASSISTANT_PROTOCOL", String.valueOf(e.getMessage()), false), timing, body);
    }
  }

  private AssistantAnswer read(
      Map<String, @Nullable Object> document, @Nullable Sound sound, Timing timing) {
    var error = value("error", document);
    return new AssistantAnswer(
        text("transcript", document),
        text("intent", document),
        object("entities", document),
        text("reply", document),
        sound == null ? sound(text("audio", document)) : sound,
        timing,
        List.of(),
        value("conversation", document),
        object("ids", document),
        document.get("body"),
        error == null || Boolean.FALSE.equals(error)
            ? null
            : new Fault("ASSISTANT_ERROR", shown(error), false));
  }

  /// JSON where it is some, text else; what secrets it repeats is taken out.
  private @Nullable Object body(Answer answer) {
    var text = answer.text();
    if (text.isBlank()) {
      return null;
    }
    Object read;
    try {
      read = tools.json().readValue(text, Object.class);
    } catch (JacksonException _) {
      read = text;
    }
    return tools.secrets().redact(read);
  }

  private Map<String, @Nullable Object> document(Answer answer, @Nullable Object body) {
    var headers = new LinkedHashMap<String, Object>();
    for (var line : answer.headers().all()) {
      headers.putIfAbsent(
          line.name().toLowerCase(Locale.ROOT), tools.secrets().redact(line.value()));
    }
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("status", answer.status());
    out.put("headers", headers);
    out.put("body", body);
    return out;
  }

  private @Nullable Object value(String name, Map<String, @Nullable Object> document) {
    try {
      return Objects.requireNonNull(extract.get(name)).evaluate(document);
    } catch (ExpressionProblem e) {
      throw new Unfit(
          "The extraction of '" + name + "' does not fit the answer: " + e.getMessage());
    }
  }

  private @Nullable String text(String name, Map<String, @Nullable Object> document) {
    return switch (value(name, document)) {
      case null -> null;
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> throw new Unfit("The extraction of '" + name + "' must give a text");
    };
  }

  private Map<String, @Nullable Object> object(
      String name, Map<String, @Nullable Object> document) {
    return switch (value(name, document)) {
      case null -> Map.of();
      case Map<?, ?> map -> {
        var out = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> out.put(String.valueOf(key), value));
        yield out;
      }
      default -> throw new Unfit("The extraction of '" + name + "' must give an object");
    };
  }

  private static Sound sound(Answer answer, String type) {
    return new Sound(answer.body(), type.split(";", 2)[0].strip());
  }

  private static @Nullable Sound sound(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      var bytes = Base64.getMimeDecoder().decode(base64);
      boolean wav = bytes.length > 4 && bytes[0] == 'R' && bytes[1] == 'I' && bytes[2] == 'F';
      return new Sound(bytes, wav ? "audio/wav" : "application/octet-stream");
    } catch (IllegalArgumentException _) {
      throw new Unfit("The extraction of 'audio' must give base64");
    }
  }

  private String shown(Object error) {
    var text = error instanceof String message ? message : tools.json().writeValueAsString(error);
    return text.substring(0, Math.min(500, text.length()));
  }
}
