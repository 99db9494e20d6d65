package io.sluice.cli.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path with its query, made part by part.
public record Query(String text) {
  /// A path below `/api/v1`, e.g. `/jobs`.
  ///
  /// @param segments are escaped and joined to the path by slashes
  public static Query path(String path, Object... segments) {
    var text = new StringBuilder(path);
    for (var segment : segments) {
      text.append('/').append(escaped(segment).replace("+", "%20"));
    }
    return new Query(text.toString());
  }

  /// With a parameter, unless its value is null.
  public Query with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    return new Query(text + (text.indexOf('?') < 0 ? '?' : '&') + name + '=' + escaped(value));
  }

  private static String escaped(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }
}
