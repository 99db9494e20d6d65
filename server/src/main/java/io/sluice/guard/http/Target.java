package io.sluice.guard.http;

import io.sluice.guard.CallFailure.BadUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a call goes: a URL that was looked at.
record Target(URI url) {
  /// Reads a URL.
  ///
  /// @throws BadUrl if it can not be called
  static Target read(String url) {
    try {
      return checked(new URI(url.strip()));
    } catch (URISyntaxException e) {
      throw new BadUrl(
          "The URL is not well formed at character " + e.getIndex() + "; encode what is special");
    }
  }

  /// Where a redirect leads.
  Target redirected(String location) {
    try {
      return checked(url.resolve(new URI(location.strip())));
    } catch (URISyntaxException | IllegalArgumentException _) {
      throw new BadUrl("The service redirects to something that is no URL");
    }
  }

  private static Target checked(URI url) {
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new BadUrl("The URL must begin with http:// or https://");
    }
    if (url.getRawUserInfo() != null) {
      throw new BadUrl("The URL has a user or password in it; send them in a header");
    }
    if (url.getHost() == null || url.getHost().isEmpty() || url.getPort() > 65_535) {
      throw new BadUrl("The URL names no host and port that can be called");
    }
    return new Target(url);
  }

  /// Whether both are the same scheme, host and port.
  boolean sameOrigin(Target other) {
    return url.getScheme().equalsIgnoreCase(other.url.getScheme())
        && url.getHost().equalsIgnoreCase(other.url.getHost())
        && port() == other.port();
  }

  private int port() {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /// For messages: no path, no query.
  String host() {
    return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }
}
