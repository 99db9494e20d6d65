package io.sluice.testing.assistants.houndify;

import io.sluice.testing.assistants.AssistantAnswer.Partial;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads an answer as it comes: JSON objects, a line each. A line that is a number only counts the
/// bytes of the object behind it. An object may have lines of its own, too. What has a
/// `PartialTranscript` is a partial answer, whatever its `Format` says (there are several, one of
/// them misspelt); the last other object is the answer.
final class AnswerReader {
  private static final int LONGEST_COUNT = 9;

  private final JsonMapper json;
  private final List<Partial> partials = new ArrayList<>();
  private byte[] rest = new byte[0];
  private final StringBuilder open = new StringBuilder();
  private int counted = -1;
  private boolean safeToStop;
  private @Nullable Map<?, ?> result;

  AnswerReader(JsonMapper json) {
    this.json = json;
  }

  /// More has come.
  ///
  /// @param since the start of the call
  synchronized void received(byte[] bytes, Duration since) {
    rest = joined(rest, bytes);
    int at = 0;
    while (true) {
      int end = objectEnd(at);
      if (end < 0) {
        break;
      }
      take(at, end, since);
      at = end;
    }
    rest = Arrays.copyOfRange(rest, at, rest.length);
  }

  /// Nothing more will come: what has no end of line is an object too.
  synchronized void ended(Duration since) {
    take(0, rest.length, since);
    rest = new byte[0];
    close(since);
  }

  /// Where the piece that begins there ends; negative: it is not whole yet.
  private int objectEnd(int at) {
    if (counted >= 0) {
      int start = skipSpace(at);
      return start + counted <= rest.length ? start + counted : -1;
    }
    for (int i = at; i < rest.length; i++) {
      if (rest[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int skipSpace(int at) {
    int start = at;
    while (start < rest.length && Character.isWhitespace(rest[start])) {
      start++;
    }
    return start;
  }

  private void take(int from, int to, Duration since) {
    var line = new String(rest, from, to - from, StandardCharsets.UTF_8);
    var text = line.strip();
    boolean whole = counted >= 0;
    counted = -1;
    if (!open.isEmpty() && line.startsWith("{") && object(text, since)) {
      // What was open was no object.
      open.setLength(0);
    } else if (!open.isEmpty()) {
      open.append(line);
      if (line.startsWith("}")) {
        close(since);
      }
    } else if (!whole && isCount(text)) {
      counted = Integer.parseInt(text);
    } else if (!object(text, since) && text.startsWith("{")) {
      open.append(line);
    }
  }

  private static boolean isCount(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_COUNT
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The end of an object that had lines of its own.
  private void close(Duration since) {
    if (object(open.toString(), since)) {
      open.setLength(0);
    }
  }

  /// False: it is none. That is passed over: if nothing else comes, there was no answer.
  private boolean object(String text, Duration since) {
    if (!text.startsWith("{")) {
      return false;
    }
    Map<?, ?> object;
    try {
      object = json.readValue(text, Map.class);
    } catch (JacksonException _) {
      return false;
    }
    if (object.get("PartialTranscript") instanceof String heard) {
      boolean last = Boolean.TRUE.equals(object.get("Done"));
      partials.add(new Partial(heard, since, last));
      safeToStop |= Boolean.TRUE.equals(object.get("SafeToStopAudio"));
    } else {
      result = object;
    }
    return true;
  }

  /// Whether it has heard enough.
  synchronized boolean safeToStop() {
    return safeToStop;
  }

  /// What it believed to hear.
  synchronized List<Partial> partials() {
    return List.copyOf(partials);
  }

  /// The answer; null: none has come.
  synchronized @Nullable Map<?, ?> result() {
    return result;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    var out = new ByteArrayOutputStream(a.length + b.length);
    out.writeBytes(a);
    out.writeBytes(b);
    return out.toByteArray();
  }
}
