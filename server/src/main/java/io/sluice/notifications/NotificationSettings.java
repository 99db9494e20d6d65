package io.sluice.notifications;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator can set about notifications: properties `sluice.notifications.*`.
///
/// @param look how often the human queue is looked at
/// @param attempts to send one, the first included
/// @param firstDelay after the first attempt that failed; then twice as long each time
/// @param longestDelay at most
/// @param timeout of one attempt; of a mail, of each of its steps
/// @param retention how long notifications are kept
/// @param smtp the mail server for whoever names none; null: there is none
@ConfigurationProperties("sluice.notifications")
public record NotificationSettings(
    @DefaultValue("60s") Duration look,
    @DefaultValue("12") int attempts,
    @DefaultValue("10s") Duration firstDelay,
    @DefaultValue("1h") Duration longestDelay,
    @DefaultValue("20s") Duration timeout,
    @DefaultValue("30d") Duration retention,
    @Nullable Server smtp) {
  /// The mail server.
  ///
  /// @param security `starttls`, `tls` or `none`
  /// @param passwordSecret the name of the secret that is the password
  /// @param from the sender
  public record Server(
      String host,
      @Nullable Integer port,
      @DefaultValue("starttls") String security,
      @Nullable String user,
      @Nullable String passwordSecret,
      String from) {
    /// As channels name theirs.
    public Address.Smtp asSmtp() {
      return new Address.Smtp(
          host,
          port,
          security,
          user,
          passwordSecret == null ? null : "${secrets." + passwordSecret + "}");
    }
  }
}
