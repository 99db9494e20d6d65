package io.sluice.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where people reach this server, for links in what is sent to them: the property
/// `sluice.public-url`.
///
/// @param publicUrl e.g. `https://sluice.example`; null: nobody has said, and there are no links
@ConfigurationProperties("sluice")
public record PublicUrl(@Nullable String publicUrl) {
  /// Refuses what leads nowhere.
  public PublicUrl {
    if (publicUrl != null && !publicUrl.isBlank() && !leadsSomewhere(publicUrl)) {
      throw new CannotStart(
          "SLUICE_PUBLIC_URL is no address of a server: write it as https://sluice.example.", null);
    }
  }

  private static boolean leadsSomewhere(String text) {
    try {
      var url = new URI(text);
      return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// The address of a path on this server; empty if nobody has said where that is.
  ///
  /// @param path with its leading slash
  public Optional<String> of(String path) {
    return publicUrl == null || publicUrl.isBlank()
        ? Optional.empty()
        : Optional.of(publicUrl.replaceFirst("/+$", "") + path);
  }
}
