package io.sluice.testing.assistants;

import io.sluice.platform.Problem.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a configuration may say, besides its templates.
final class ConfigRules {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
  private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");

  private ConfigRules() {}

  /// Everything that is wrong; empty: it can be used.
  static List<Fault> faults(AssistantConfig config) {
    var out = new ArrayList<Fault>();
    var time = config.timeout();
    if (time != null && (!time.isPositive() || time.compareTo(LONGEST) > 0)) {
      out.add(new Fault("/timeout", "must be more than zero and at most " + LONGEST));
    }
    if (config.service() != null && !SERVICE.matcher(config.service()).matches()) {
      out.add(
          new Fault("/service", "has 1 to 128 letters, digits and ._:-, a letter or digit first"));
    }
    switch (config) {
      case AssistantConfig.Houndify houndify -> houndify(houndify, out);
      case AssistantConfig.Http http -> http(http, out);
      case AssistantConfig.Text text -> required("/url", text.url(), out);
    }
    return out;
  }

  private static void houndify(AssistantConfig.Houndify config, List<Fault> out) {
    required("/clientId", config.clientId(), out);
    required("/clientKey", config.clientKey(), out);
    url("/textUrl", config.textUrl(), out);
    url("/voiceUrl", config.voiceUrl(), out);
    if (config.userId() != null && config.userId().contains(";")) {
      out.add(new Fault("/userId", "must not contain a semicolon"));
    }
  }

  private static void http(AssistantConfig.Http config, List<Fault> out) {
    required("/url", config.url(), out);
    if (config.method() != null && !METHOD.matcher(config.method()).matches()) {
      out.add(new Fault("/method", "is a word such as POST"));
    }
    int bodies = 0;
    bodies += config.json() == null ? 0 : 1;
    bodies += config.parts() == null ? 0 : 1;
    bodies += config.audio() == null ? 0 : 1;
    if (bodies > 1) {
      out.add(new Fault("", "has one of json, parts and audio, as there is one body"));
    }
    var parts = config.parts() == null ? List.<AssistantConfig.Http.Part>of() : config.parts();
    for (int i = 0; i < parts.size(); i++) {
      required("/parts/" + i + "/name", parts.get(i).name(), out);
      if ((parts.get(i).value() == null) == (parts.get(i).audio() == null)) {
        out.add(new Fault("/parts/" + i, "has either a value or audio"));
      }
    }
  }

  private static void required(String pointer, @Nullable String value, List<Fault> out) {
    if (value == null || value.isBlank()) {
      out.add(new Fault(pointer, "is missing"));
    }
  }

  private static void url(String pointer, @Nullable String value, List<Fault> out) {
    if (value != null && !isUrl(value)) {
      out.add(
          new Fault(pointer, "is no URL that begins with http:// or https:// and has no query"));
    }
  }

  private static boolean isUrl(String value) {
    try {
      var url = new URI(value);
      var scheme = String.valueOf(url.getScheme());
      return (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
          && url.getHost() != null
          && url.getRawQuery() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
