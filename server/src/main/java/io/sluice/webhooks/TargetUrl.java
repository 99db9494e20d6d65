package io.sluice.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// What a URL may look like to which something is POSTed.
public final class TargetUrl {
  private static final int LONGEST = 2000;

  private TargetUrl() {}

  /// What is wrong with it; empty if nothing.
  public static String fault(String text) {
    if (text.length() > LONGEST) {
      return "may have " + LONGEST + " characters";
    }
    try {
      var url = new URI(text);
      var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("https") && !scheme.equals("http")) {
        return "must begin with https:// or http://";
      }
      if (url.getHost() == null) {
        return "has no host";
      }
      if (url.getRawUserInfo() != null) {
        return "has a user or password in it; send them as a header";
      }
      return url.getRawFragment() == null ? "" : "has a fragment (#…), which can not be sent";
    } catch (URISyntaxException _) {
      return "is no URL";
    }
  }
}
