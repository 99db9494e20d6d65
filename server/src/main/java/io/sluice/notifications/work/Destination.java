package io.sluice.notifications.work;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a notification goes, with all secrets in their places.
sealed interface Destination {
  /// To a URL of Slack's, or one that takes the same.
  ///
  /// @param service under which the guard knows it
  record Slack(String service, String url) implements Destination {
    @Override
    public String toString() {
      return "Slack[" + service + "]";
    }
  }

  /// To a URL that takes JSON.
  ///
  /// @param secret what it is signed with; null: it is not
  record Hook(String service, String url, @Nullable String secret) implements Destination {
    @Override
    public String toString() {
      return "Hook[" + service + "]";
    }
  }

  /// To mail addresses.
  record Mail(Server server, String from, List<String> to) implements Destination {}

  /// A mail server.
  ///
  /// @param security `starttls`, `tls` or `none`
  record Server(
      String host, int port, String security, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Server[" + host + ":" + port + "]";
    }
  }
}
