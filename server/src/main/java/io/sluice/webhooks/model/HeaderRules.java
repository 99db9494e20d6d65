package io.sluice.webhooks.model;

import io.sluice.webhooks.StandardSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which headers are credentials, and which can be sent.
public final class HeaderRules {
  /// Stands for a value that is not shown, and on an update for the one that is stored.
  public static final String HIDDEN = "***";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4000}");
  private static final Pattern CREDENTIAL =
      Pattern.compile("auth|cookie|token|secret|password|session|credential|key");
  private static final Pattern NO_CREDENTIAL = Pattern.compile("idempotency-key|sec-websocket-key");

  /// Ours, or the transport's.
  private static final Set<String> TAKEN =
      Set.of(
          "content-type",
          "content-length",
          "host",
          "connection",
          "transfer-encoding",
          "user-agent",
          "expect",
          "te",
          "upgrade",
          StandardSignature.ID,
          StandardSignature.TIMESTAMP,
          StandardSignature.SIGNATURE);

  private HeaderRules() {}

  /// Whether a header's value may be a credential.
  public static boolean credential(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return CREDENTIAL.matcher(lower).find() && !NO_CREDENTIAL.matcher(lower).matches();
  }

  /// With the values of credentials hidden.
  public static Map<String, String> shown(Map<String, String> headers) {
    var shown = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> shown.put(name, credential(name) ? HIDDEN : value));
    return shown;
  }

  /// As above, for headers that may be repeated.
  public static Map<String, List<String>> hidden(Map<String, List<String>> headers) {
    var shown = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> shown.put(name, credential(name) ? List.of(HIDDEN) : values));
    return shown;
  }

  /// With the hidden values put back in.
  public static Map<String, String> restored(
      Map<String, String> asked, Map<String, String> stored) {
    var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(stored);
    var restored = new LinkedHashMap<String, String>();
    asked.forEach((name, value) ->
        restored.put(name, value.equals(HIDDEN) ? byName.getOrDefault(name, value) : value));
    return restored;
  }

  /// What is wrong with a header; empty if nothing.
  static String fault(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return "is no name of a header";
    }
    if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      return "is set by the server";
    }
    return VALUE.matcher(value).matches() ? "" : "has a value that can not be sent";
  }
}
