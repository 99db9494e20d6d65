package io.sluice.workflow.steps;

import io.sluice.workflow.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Plain JSON as text, and how long it is.
public final class Texts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Texts() {}

  /// A value as text: texts as they are, null as null, all else as JSON.
  public static @Nullable String of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      default -> json(value);
    };
  }

  /// As JSON.
  public static String json(@Nullable Object value) {
    return JSON.writeValueAsString(new Json(value).tree());
  }

  /// What a text says in JSON.
  ///
  /// @return the text itself if it is none
  public static @Nullable Object parsed(String text) {
    try {
      return text.isBlank() ? null : JSON.readValue(text, Object.class);
    } catch (JacksonException _) {
      return text;
    }
  }

  /// About how many bytes a value takes as JSON; looks no further than the most.
  public static long size(@Nullable Object value, long most) {
    return switch (value) {
      case null -> 4;
      case String text -> text.length() + 2L;
      case Map<?, ?> map -> {
        long sum = 2;
        for (var entry : map.entrySet()) {
          if (sum > most) {
            break;
          }
          sum += String.valueOf(entry.getKey()).length() + 4L + size(entry.getValue(), most - sum);
        }
        yield sum;
      }
      case List<?> list -> {
        long sum = 2;
        for (var item : list) {
          if (sum > most) {
            break;
          }
          sum += 1 + size(item, most - sum);
        }
        yield sum;
      }
      default -> 8;
    };
  }
}
