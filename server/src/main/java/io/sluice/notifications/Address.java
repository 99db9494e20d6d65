package io.sluice.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a channel leads. Of URL, secret and password each may be `${secrets.NAME}`.
///
/// @param url of Slack and webhooks
/// @param secret of webhooks: what they are signed with, `whsec_…`
/// @param to of e-mail: the recipients
/// @param from of e-mail: the sender; null: the server's
/// @param smtp of e-mail; null: the server's
public record Address(
    @Nullable String url,
    @Nullable String secret,
    List<String> to,
    @Nullable String from,
    @Nullable Smtp smtp) {
  /// A mail server.
  ///
  /// @param port null: the usual one
  /// @param security `starttls`, `tls` or `none`; null: `starttls`
  /// @param user null: it asks for nobody
  public record Smtp(
      String host,
      @Nullable Integer port,
      @Nullable String security,
      @Nullable String user,
      @Nullable String password) {
    /// Without the password.
    @Override
    public String toString() {
      return "Smtp[" + host + "]";
    }
  }

  /// Without what may be secret.
  @Override
  public String toString() {
    return "Address[" + to + "]";
  }
}
