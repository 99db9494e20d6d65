package io.sluice.workflow.triggers.model;

import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.KeyPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What templates see of a call from outside: `request`.
public final class Requests {
  /// They say who calls, not what is wanted, and executions show what they were given.
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private Requests() {}

  /// Headers and parameters by name, several values joined; the body as JSON where it is JSON.
  ///
  /// @param key where the caller has put its key; null: nowhere
  /// @param json reads JSON; null where it is none
  public static Map<String, @Nullable Object> variable(
      UUID id, IncomingCall call, @Nullable KeyPlace key, Function<String, @Nullable Object> json) {
    var request = new LinkedHashMap<String, @Nullable Object>();
    request.put("id", id.toString());
    request.put("headers", joined(call.headers(), hidden(key, KeyPlace.In.HEADER)));
    request.put("query", joined(call.query(), hidden(key, KeyPlace.In.QUERY)));
    var text = call.text();
    var body = text.isBlank() ? null : json.apply(text);
    request.put("body", body == null ? text : body);
    return request;
  }

  private static String hidden(@Nullable KeyPlace key, KeyPlace.In in) {
    return key == null || key.in() != in ? "" : key.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, @Nullable Object> joined(
      Map<String, List<String>> values, String hidden) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, all) -> {
      var lower = name.toLowerCase(Locale.ROOT);
      if (!CREDENTIALS.contains(lower) && !lower.equals(hidden)) {
        out.put(name, String.join(", ", all));
      }
    });
    return out;
  }
}
