package io.sluice.notifications.work;

import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Template;
import io.sluice.notifications.Address;
import io.sluice.notifications.Address.Smtp;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.model.SecretText;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.platform.Secrets;
import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.TestRuns;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Finds out where a notification goes.
@Component
class Destinations {
  private static final String SERVICE = "notification:";
  private static final int STARTTLS_PORT = 587;
  private static final int TLS_PORT = 465;
  private static final int PLAIN_PORT = 25;

  private final ChannelStore channels;
  private final ObjectProvider<TestRuns> runs;
  private final Sealed sealed;
  private final Secrets secrets;
  private final NotificationSettings settings;

  Destinations(
      ChannelStore channels,
      ObjectProvider<TestRuns> runs,
      Sealed sealed,
      Secrets secrets,
      NotificationSettings settings) {
    this.channels = channels;
    this.runs = runs;
    this.sealed = sealed;
    this.secrets = secrets;
    this.settings = settings;
  }

  /// It can not be found out until somebody changes something.
  static final class Nowhere extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;

    Nowhere(String code, @Nullable String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /// The name under which the guard knows a channel.
  static String service(UUID channel) {
    return SERVICE + channel;
  }

  /// Where a notification goes; empty if its channel was disabled, or it or the run is gone.
  ///
  /// @throws Nowhere if a secret or a server is missing
  Optional<Destination> of(NotificationStore.Row note) {
    return note.channel() == null
        ? named(note)
        : channels
            .find(note.tenant(), note.channel())
            .filter(channel -> channel.written().enabled())
            .map(this::of);
  }

  /// Where a channel leads, whether it is enabled or not.
  Destination of(ChannelStore.Row channel) {
    var address = sealed.address(channel);
    var service = service(channel.id());
    return switch (channel.written().type()) {
      case SLACK -> new Destination.Slack(service, filled(address.url()));
      case WEBHOOK ->
          new Destination.Hook(service, filled(address.url()), filled(address.secret()));
      case EMAIL -> mail(address);
    };
  }

  private Optional<Destination> named(NotificationStore.Row note) {
    try {
      var run = Objects.requireNonNull(note.run());
      return Optional.of(named(note, runs.getObject().digest(note.tenant(), run)));
    } catch (RunProblem.UnknownRun _) {
      return Optional.empty();
    }
  }

  private Destination named(NotificationStore.Row note, RunDigest digest) {
    int ord = Objects.requireNonNull(note.suiteOrd());
    var to = filled(digest.told().get(ord).to());
    var service = SERVICE + digest.run().suiteId() + "." + ord;
    return switch (note.type()) {
      case SLACK -> new Destination.Slack(service, to);
      case WEBHOOK -> new Destination.Hook(service, to, null);
      case EMAIL -> mail(new Address(null, null, List.of(to.split("\\s*,\\s*")), null, null));
    };
  }

  private Destination mail(Address address) {
    var own = settings.smtp();
    var smtp = address.smtp() != null ? address.smtp() : own == null ? null : own.asSmtp();
    var from = address.from() != null ? address.from() : own == null ? null : own.from();
    if (smtp == null || from == null) {
      throw new Nowhere(
          "NO_MAIL_SERVER", "There is no mail server: set sluice.notifications.smtp.host and from");
    }
    return new Destination.Mail(server(smtp), from, address.to());
  }

  private Destination.Server server(Smtp smtp) {
    var security = smtp.security() == null ? "starttls" : smtp.security();
    int usual =
        switch (security) {
          case "tls" -> TLS_PORT;
          case "none" -> PLAIN_PORT;
          default -> STARTTLS_PORT;
        };
    return new Destination.Server(
        smtp.host(),
        smtp.port() == null ? usual : smtp.port(),
        security,
        smtp.user(),
        smtp.password() == null ? null : filled(smtp.password()));
  }

  private String filled(@Nullable String text) {
    return filled(Template.of(text));
  }

  private String filled(Template template) {
    try {
      return SecretText.render(template, secrets::get);
    } catch (SecretText.Missing e) {
      throw new Nowhere("NO_SECRET", e.getMessage());
    } catch (ExpressionProblem e) {
      throw new Nowhere("BAD_ADDRESS", secrets.redact(String.valueOf(e.getMessage())));
    }
  }
}
