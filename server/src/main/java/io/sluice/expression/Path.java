package io.sluice.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fast way for what most expressions are: `a.b[0].c`. It answers only where no array is mapped
/// over; the library does the rest, so that there is one meaning.
final class Path {
  /// The library has to decide.
  static final Object UNSURE = new Object();

  private static final Pattern STEP =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\[(-?(?:0|[1-9][0-9]{0,6}))])?");

  /// Words of the language, which are no names where a value is expected.
  private static final Set<String> WORDS = Set.of("and", "or", "in", "true", "false", "null");

  private record Step(String name, @Nullable Integer index) {}

  private final List<Step> steps;

  private Path(List<Step> steps) {
    this.steps = steps;
  }

  /// The path that the source is, or null when it is anything more.
  static @Nullable Path of(String source) {
    var steps = new ArrayList<Step>();
    for (String part : source.strip().split("\\.", -1)) {
      Matcher matcher = STEP.matcher(part);
      if (!matcher.matches() || WORDS.contains(matcher.group(1))) {
        return null;
      }
      String index = matcher.group(2);
      steps.add(new Step(matcher.group(1), index == null ? null : Integer.valueOf(index)));
    }
    return new Path(List.copyOf(steps));
  }

  @Nullable Object find(Map<String, ? extends @Nullable Object> document) {
    Object value = document;
    for (Step step : steps) {
      if (value instanceof List<?>) {
        return UNSURE;
      }
      value = value instanceof Map<?, ?> map ? map.get(step.name()) : null;
      if (step.index() != null) {
        value = at(value, step.index());
      }
      if (value == null || value == UNSURE) {
        return value;
      }
    }
    return value;
  }

  private static @Nullable Object at(@Nullable Object value, int index) {
    if (!(value instanceof List<?> list)) {
      return index == 0 || index == -1 ? value : null;
    }
    int place = index < 0 ? list.size() + index : index;
    Object item = place < 0 || place >= list.size() ? null : list.get(place);
    return item instanceof List<?> ? UNSURE : item;
  }
}
