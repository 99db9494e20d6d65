package io.sluice.sources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks into plain JSON of which nobody knows yet whether it has the right shape.
public final class Plain {
  private Plain() {}

  /// The value as an object; an empty one if it is none.
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? (Map<String, @Nullable Object>) map
        : new LinkedHashMap<>();
  }

  /// The value as a list; an empty one if it is none.
  @SuppressWarnings("unchecked")
  public static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<@Nullable Object>) list : List.of();
  }

  /// The value as a text; an empty one if it is none.
  public static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }
}
