package io.sluice.notifications.work;

import io.sluice.guard.CallFailure;
import io.sluice.guard.Sockets;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.model.AddressRules;
import io.sluice.notifications.model.MailForm;
import io.sluice.notifications.store.NotificationStore;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Sends by SMTP. The connection is the guard's, so that a mail server on a network that may not be
/// called is not connected to, whatever its name says.
@Component
class Mailer {
  private static final String PROTOCOL = "smtp";

  private final Sockets sockets;
  private final NotificationSettings settings;
  private final InstantSource clock;
  private final SSLSocketFactory tls;

  @Autowired
  Mailer(Sockets sockets, NotificationSettings settings, InstantSource clock) {
    this(sockets, settings, clock, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /// @param tls tests trust others
  Mailer(
      Sockets sockets, NotificationSettings settings, InstantSource clock, SSLSocketFactory tls) {
    this.sockets = sockets;
    this.settings = settings;
    this.clock = clock;
    this.tls = tls;
  }

  Result send(Destination.Mail to, NotificationStore.Row note) {
    try (var socket = open(to.server());
        var transport = transport(to.server(), socket)) {
      var message = message(to, note);
      transport.connect(socket);
      transport.sendMessage(message, message.getAllRecipients());
      return new Result.Taken();
    } catch (CallFailure.Passing e) {
      return new Result.Failed(e.code(), String.valueOf(e.getMessage()), null);
    } catch (CallFailure.Lasting e) {
      return new Result.Refused(e.code(), String.valueOf(e.getMessage()));
    } catch (AddressException e) {
      return new Result.Refused("BAD_ADDRESS", String.valueOf(e.getMessage()));
    } catch (AuthenticationFailedException _) {
      return new Result.Refused(
          "MAIL_LOGIN_REFUSED", to.server().host() + " does not take user and password");
    } catch (MessagingException | IOException e) {
      return failed(to.server(), e);
    }
  }

  private Socket open(Destination.Server server) throws IOException {
    var plain = sockets.open(server.host(), server.port(), settings.timeout());
    if (!server.security().equals("tls")) {
      return plain;
    }
    try {
      var secure = (SSLSocket) tls.createSocket(plain, server.host(), server.port(), true);
      var parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private SMTPTransport transport(Destination.Server server, Socket socket)
      throws MessagingException {
    var properties = new Properties();
    var timeout = String.valueOf(settings.timeout().toMillis());
    boolean starttls = server.security().equals("starttls");
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.timeout", timeout);
    properties.put("mail.smtp.starttls.enable", String.valueOf(starttls));
    // Who takes it away on the way gets no password and no message.
    properties.put("mail.smtp.starttls.required", String.valueOf(starttls));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.put("mail.smtp.localhost", literal(socket));
    if (server.user() != null) {
      properties.put("mail.smtp.user", server.user());
      properties.put("mail.smtp.auth", "true");
    }
    var session = Session.getInstance(properties, login(server));
    return (SMTPTransport) session.getTransport(PROTOCOL);
  }

  /// How the server is greeted: this machine's name may tell too much, or may not be known.
  private static String literal(Socket socket) {
    var address = socket.getLocalAddress().getHostAddress();
    return address.contains(":")
        ? "[IPv6:" + address.replaceFirst("%.*", "") + "]"
        : "[" + address + "]";
  }

  private static Authenticator login(Destination.Server server) {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return server.user() == null
            ? null
            : new PasswordAuthentication(server.user(), server.password());
      }
    };
  }

  private MimeMessage message(Destination.Mail to, NotificationStore.Row note)
      throws MessagingException {
    var id = "<" + note.id() + "@sluice>";
    var message =
        new MimeMessage(Session.getInstance(new Properties())) {
          /// The same for each attempt, by which a repeat is told.
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(address(to.from()));
    message.setRecipients(RecipientType.TO, recipients(to.to()));
    message.setSubject(MailForm.subject(note.content()), "UTF-8");
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setContent(
        new MimeMultipart(
            "alternative",
            part(MailForm.text(note.content()), "plain"),
            part(MailForm.html(note.content()), "html")));
    message.saveChanges();
    return message;
  }

  private static Address[] recipients(List<String> to) throws MessagingException {
    var recipients = new Address[to.size()];
    for (int i = 0; i < recipients.length; i++) {
      recipients[i] = address(to.get(i));
    }
    return recipients;
  }

  /// Looked at once more: those that a suite names nobody has looked at yet.
  private static InternetAddress address(String text) throws AddressException {
    if (!AddressRules.isMailAddress(text)) {
      throw new AddressException("One of the addresses is no mail address");
    }
    return new InternetAddress(text, true);
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }

  /// Codes of SMTP that begin with 5 say it for good. What the server says is not repeated: it may
  /// quote what was sent.
  private static Result failed(Destination.Server server, Exception failure) {
    int code = 0;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return new Result.Failed(
            "TLS_FAILED", "There is no trusted connection to " + server.host(), null);
      }
      if (cause instanceof SMTPSendFailedException refused) {
        code = refused.getReturnCode();
      } else if (cause instanceof SMTPAddressFailedException refused) {
        code = refused.getReturnCode();
      }
    }
    var words =
        code == 0
            ? "The mail server " + server.host() + " did not take the message"
            : "The mail server " + server.host() + " answered " + code;
    return code >= 500
        ? new Result.Refused("MAIL_REFUSED", words)
        : new Result.Failed("MAIL_FAILED", words, null);
  }
}
