package io.sluice.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The headers of a call or an answer, in order. Names are compared without case; a name may occur
/// more than once.
///
/// @param all every line
public record Headers(List<Line> all) {
  /// No headers.
  public static final Headers NONE = new Headers(List.of());

  /// One header. Its value is not shown: it may be a secret.
  public record Line(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Keeps its own copy.
  public Headers {
    all = List.copyOf(all);
  }

  /// One of each.
  public static Headers of(Map<String, String> headers) {
    return new Headers(
        headers.entrySet().stream().map(e -> new Line(e.getKey(), e.getValue())).toList());
  }

  /// One more, whether the name is there or not.
  public Headers and(String name, String value) {
    var more = new ArrayList<>(all);
    more.add(new Line(name, value));
    return new Headers(more);
  }

  /// The first value of a name.
  public Optional<String> first(String name) {
    return all.stream().filter(named(name)).map(Line::value).findFirst();
  }

  /// All values of a name.
  public List<String> values(String name) {
    return all.stream().filter(named(name)).map(Line::value).toList();
  }

  /// Whether the name is there.
  public boolean has(String name) {
    return all.stream().anyMatch(named(name));
  }

  /// Only those that pass.
  public Headers only(Predicate<Line> wanted) {
    return new Headers(all.stream().filter(wanted).toList());
  }

  private static Predicate<Line> named(String name) {
    return line -> line.name().equalsIgnoreCase(name);
  }
}
