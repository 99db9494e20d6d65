package io.sluice.testing.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in JSON, as `$.items[0].name`: names after dots or in brackets with quotes, indexes in
/// brackets, counted from the end if negative; and `[*]` for all items, whose values are a list
/// then.
///
/// @param text as it was written
/// @param parts names, indexes, and [#ALL]
public record JsonPath(String text, List<Object> parts) {
  /// All items of a list, or all members of an object.
  private static final Object ALL = '*';

  private static final Pattern PART =
      Pattern.compile(
          "\\.([A-Za-z_][A-Za-z0-9_-]*)|\\[(-?\\d{1,6})]|\\[(\\*)]|\\['([^']+)']|\\[\"([^\"]+)\"]");

  /// Reads a path; empty if it is none.
  public static Optional<JsonPath> read(String text) {
    if (!text.startsWith("$")) {
      return Optional.empty();
    }
    var parts = new ArrayList<Object>();
    var part = PART.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!part.region(at, text.length()).lookingAt()) {
        return Optional.empty();
      }
      if (part.group(2) != null) {
        parts.add(Integer.valueOf(part.group(2)));
      } else if (part.group(3) != null) {
        parts.add(ALL);
      } else {
        parts.add(first(part.group(1), part.group(4), part.group(5)));
      }
      at = part.end();
    }
    return Optional.of(new JsonPath(text, List.copyOf(parts)));
  }

  private static String first(@Nullable String... groups) {
    for (var group : groups) {
      if (group != null) {
        return group;
      }
    }
    throw new IllegalStateException("the pattern has matched without a name");
  }

  /// What stands at a place.
  ///
  /// @param there whether there is such a place: a null may stand there
  public record Found(boolean there, @Nullable Object value) {
    private static final Found NOTHING = new Found(false, null);
  }

  /// What stands at the place.
  public Found find(@Nullable Object json) {
    return find(json, 0);
  }

  private Found find(@Nullable Object json, int from) {
    if (from == parts.size()) {
      return new Found(true, json);
    }
    return switch (parts.get(from)) {
      case Integer index when json instanceof List<?> list -> {
        int at = index < 0 ? list.size() + index : index;
        yield at < 0 || at >= list.size() ? Found.NOTHING : find(list.get(at), from + 1);
      }
      case Character _ when json instanceof List<?> list -> each(list, from);
      case Character _ when json instanceof Map<?, ?> map ->
          each(new ArrayList<>(map.values()), from);
      case String name when json instanceof Map<?, ?> map ->
          map.containsKey(name) ? find(map.get(name), from + 1) : Found.NOTHING;
      default -> Found.NOTHING;
    };
  }

  private Found each(List<?> values, int from) {
    var all = new ArrayList<@Nullable Object>();
    for (var value : values) {
      var found = find(value, from + 1);
      if (found.there()) {
        all.add(found.value());
      }
    }
    return new Found(true, all);
  }

  @Override
  public String toString() {
    return text;
  }
}
