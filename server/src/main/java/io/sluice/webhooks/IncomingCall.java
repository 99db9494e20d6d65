package io.sluice.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A call from outside, byte for byte.
///
/// @param headers by name in lower case
/// @param query the parameters of the URL
/// @param body exactly what came
public record IncomingCall(
    Map<String, List<String>> headers, Map<String, List<String>> query, byte[] body) {
  /// Lowers the names of headers.
  public IncomingCall {
    var lower = new TreeMap<String, List<String>>();
    headers.forEach(
        (name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers = lower;
    query = Map.copyOf(query);
  }

  /// The first header of a name.
  public Optional<String> header(String name) {
    return first(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The first parameter of a name.
  public Optional<String> parameter(String name) {
    return first(query.get(name));
  }

  private static Optional<String> first(@org.jspecify.annotations.Nullable List<String> values) {
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /// The body as text.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// Without what it carries.
  @Override
  public String toString() {
    return "IncomingCall[" + body.length + " bytes]";
  }
}
