package io.sluice.sources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found so far, and where things stand in the source.
public final class Findings {
  /// A place in the source, from 1.
  public record Place(int line, int column) {}

  /// More help nobody, and a megabyte can have a hundred thousand mistakes.
  private static final int MOST = 500;

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding f) -> f.line() == null ? 0 : f.line())
          .thenComparing(f -> f.column() == null ? 0 : f.column())
          .thenComparing(Finding::pointer)
          .thenComparing(Finding::code);

  private final Map<String, Place> places = new LinkedHashMap<>();
  private final List<Finding> errors = new ArrayList<>();
  private final List<Finding> warnings = new ArrayList<>();

  /// Notes where something stands.
  public void place(String pointer, int line, int column) {
    places.put(pointer, new Place(line, column));
  }

  /// An error at a place that was noted, or at the nearest one above.
  public void error(String code, String pointer, String detail) {
    errors.add(finding(code, pointer, detail));
  }

  /// An error at another place.
  public void error(String code, String pointer, Place place, String detail) {
    errors.add(new Finding(code, pointer, place.line(), place.column(), detail));
  }

  /// What might be a mistake.
  public void warning(String code, String pointer, String detail) {
    warnings.add(finding(code, pointer, detail));
  }

  private Finding finding(String code, String pointer, String detail) {
    var place = nearest(pointer);
    return new Finding(
        code,
        pointer,
        place == null ? null : place.line(),
        place == null ? null : place.column(),
        detail);
  }

  /// The place, or that of what it lies in.
  private @Nullable Place nearest(String pointer) {
    var at = pointer;
    while (!at.isEmpty() && !places.containsKey(at)) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return places.get(at);
  }

  /// Whether there is an error.
  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /// Errors, in order of place.
  public List<Finding> errors() {
    return first(errors);
  }

  /// Warnings, in order of place.
  public List<Finding> warnings() {
    return first(warnings);
  }

  private static List<Finding> first(List<Finding> all) {
    return all.stream().distinct().sorted(BY_PLACE).limit(MOST).toList();
  }
}
