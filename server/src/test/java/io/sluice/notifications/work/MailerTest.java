package io.sluice.notifications.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.sluice.engine.TenantId;
import io.sluice.guard.http.CheckedSockets;
import io.sluice.guard.http.Names;
import io.sluice.guard.model.EgressPolicy;
import io.sluice.guard.model.Network;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.NotificationState;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.Message;
import io.sluice.notifications.store.NotificationStore;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Mail, on a server that others have written.
class MailerTest {
  private static final GreenMail PLAIN = start(ServerSetup.PROTOCOL_SMTP);
  private static final GreenMail SECURE = start(ServerSetup.PROTOCOL_SMTPS);

  private static GreenMail start(String protocol) {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.setUser("ops@example.com", "ops", "right");
    server.start();
    return server;
  }

  @AfterAll
  static void stop() {
    PLAIN.stop();
    SECURE.stop();
  }

  /// GreenMail's certificate is of no host, so that neither its signer nor its name is looked at.
  private static final class Trusting extends X509ExtendedTrustManager {
    static SSLSocketFactory everybody() {
      try {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context.getSocketFactory();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static Mailer mailer(SSLSocketFactory tls) {
    var policy = new EgressPolicy(List.of(Network.parse("127.0.0.0/8").orElseThrow()));
    var second = Duration.ofSeconds(1);
    var settings =
        new NotificationSettings(
            second, 1, second, second, Duration.ofSeconds(5), Duration.ofDays(1), null);
    return new Mailer(
        new CheckedSockets(Names.SYSTEM, policy),
        settings,
        () -> Instant.parse("2026-01-02T03:04:05Z"),
        tls);
  }

  private static Result send(Mailer mailer, Destination.Server server) {
    var message = new Message("title", List.of("line"), List.of(), null, Map.of());
    var note =
        new NotificationStore.Row(
            UUID.randomUUID(),
            TenantId.DEFAULT,
            UUID.randomUUID(),
            ChannelType.EMAIL,
            Occasion.TEST,
            null,
            null,
            message,
            NotificationState.PENDING,
            0);
    var to = List.of("ops@example.com");
    return mailer.send(new Destination.Mail(server, "sluice@example.com", to), note);
  }

  private static Destination.Server plain(String security) {
    return new Destination.Server("127.0.0.1", PLAIN.getSmtp().getPort(), security, null, null);
  }

  private static Destination.Server secure(String password) {
    int port = SECURE.getSmtps().getPort();
    return new Destination.Server("127.0.0.1", port, "tls", "ops", password);
  }

  @Test
  void nothingIsSentWhereTheServerOffersNoTls() {
    var sent = send(mailer(Trusting.everybody()), plain("starttls"));
    assertThat(sent).isInstanceOf(Result.Failed.class);
    assertThat(PLAIN.getReceivedMessages()).isEmpty();
  }

  @Test
  void nothingIsSentToAServerWhoseCertificateNobodyTrusts() {
    var sent = send(mailer((SSLSocketFactory) SSLSocketFactory.getDefault()), secure("right"));
    assertThat(sent)
        .isInstanceOfSatisfying(
            Result.Failed.class, failed -> assertThat(failed.code()).isEqualTo("TLS_FAILED"));
  }

  @Test
  void aPasswordThatIsNotTakenIsRefusedForGoodAndNotRepeated() {
    var sent = send(mailer(Trusting.everybody()), secure("wrong"));
    assertThat(sent)
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("MAIL_LOGIN_REFUSED");
              assertThat(refused.words()).doesNotContain("wrong");
            });
    assertThat(send(mailer(Trusting.everybody()), secure("right")))
        .isInstanceOf(Result.Taken.class);
    assertThat(SECURE.getReceivedMessages()).hasSize(1);
  }

  @Test
  void whereNobodyListensItIsTriedAgain() {
    var nowhere = new Destination.Server("127.0.0.1", 1, "none", null, null);
    assertThat(send(mailer(Trusting.everybody()), nowhere))
        .isInstanceOfSatisfying(
            Result.Failed.class, failed -> assertThat(failed.code()).isEqualTo("CONNECT_FAILED"));
  }
}
