package io.sluice.notifications.model;

import io.sluice.notifications.Address;
import io.sluice.notifications.Address.Smtp;
import io.sluice.notifications.ChannelType;
import io.sluice.platform.Problem.Fault;
import io.sluice.webhooks.TargetUrl;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an address may look like.
public final class AddressRules {
  private static final int LONGEST = 2000;
  private static final int LONGEST_MAIL = 320;
  private static final int MOST_RECIPIENTS = 50;
  private static final int MOST_PORT = 65_535;
  private static final List<String> SECURITIES = List.of("starttls", "tls", "none");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\-\\[\\]]{1,253}");

  private AddressRules() {}

  static List<Fault> faults(ChannelType type, Address address, boolean mailServer) {
    var faults = new ArrayList<Fault>();
    switch (type) {
      case SLACK -> url(address.url(), faults);
      case WEBHOOK -> {
        url(address.url(), faults);
        secret(address.secret(), faults);
      }
      case EMAIL -> mail(address, mailServer, faults);
    }
    absent(type != ChannelType.EMAIL || address.url() == null, "/url", type, faults);
    absent(type == ChannelType.WEBHOOK || address.secret() == null, "/secret", type, faults);
    absent(type == ChannelType.EMAIL || address.to().isEmpty(), "/to", type, faults);
    absent(type == ChannelType.EMAIL || address.from() == null, "/from", type, faults);
    absent(type == ChannelType.EMAIL || address.smtp() == null, "/smtp", type, faults);
    return faults;
  }

  private static void absent(boolean fine, String place, ChannelType type, List<Fault> faults) {
    if (!fine) {
      faults.add(new Fault(place, "is not for channels of type " + type.sql()));
    }
  }

  private static void url(@Nullable String url, List<Fault> faults) {
    if (url == null || url.isBlank()) {
      faults.add(new Fault("/url", "is missing: where messages are POSTed to"));
    } else if (text(url, "/url", faults) && SecretText.constant(url)) {
      var wrong = TargetUrl.fault(url);
      if (!wrong.isEmpty()) {
        faults.add(new Fault("/url", wrong));
      }
    }
  }

  private static void secret(@Nullable String secret, List<Fault> faults) {
    if (secret == null || secret.isBlank()) {
      faults.add(
          new Fault("/secret", "is missing: what messages are signed with, ${secrets.NAME}"));
    } else {
      text(secret, "/secret", faults);
    }
  }

  /// @return whether it can be one
  private static boolean text(String text, String place, List<Fault> faults) {
    if (text.equals(SecretText.HIDDEN)) {
      faults.add(
          new Fault(place, "is *** and nothing is stored that it stands for; send it again"));
      return false;
    }
    var wrong =
        text.length() > LONGEST ? "may have " + LONGEST + " characters" : SecretText.fault(text);
    if (!wrong.isEmpty()) {
      faults.add(new Fault(place, wrong));
    }
    return wrong.isEmpty();
  }

  private static void mail(Address address, boolean mailServer, List<Fault> faults) {
    if (address.to().isEmpty() || address.to().size() > MOST_RECIPIENTS) {
      faults.add(new Fault("/to", "must be 1 to " + MOST_RECIPIENTS + " addresses"));
    }
    for (int i = 0; i < address.to().size(); i++) {
      mailAddress(address.to().get(i), "/to/" + i, faults);
    }
    if (address.from() != null) {
      mailAddress(address.from(), "/from", faults);
    }
    var smtp = address.smtp();
    if (smtp != null) {
      server(smtp, faults);
      if (address.from() == null) {
        faults.add(new Fault("/from", "is missing: who sends through a mail server of your own"));
      }
    } else if (!mailServer) {
      faults.add(
          new Fault(
              "/smtp", "is missing, and the server has none: see sluice.notifications.smtp.host"));
    }
  }

  private static void mailAddress(String text, String place, List<Fault> faults) {
    if (!isMailAddress(text)) {
      faults.add(new Fault(place, "is no mail address, e.g. team@example.com"));
    }
  }

  /// One address, with a domain, and nothing that could begin another header.
  public static boolean isMailAddress(String text) {
    if (text.length() > LONGEST_MAIL || text.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    try {
      var parsed = InternetAddress.parse(text, true);
      return parsed.length == 1
          && parsed[0].getAddress().matches("[^@\\s]+@[^@\\s]+")
          && !parsed[0].isGroup();
    } catch (AddressException _) {
      return false;
    }
  }

  private static void server(Smtp smtp, List<Fault> faults) {
    if (!HOST.matcher(smtp.host()).matches()) {
      faults.add(new Fault("/smtp/host", "is no name of a host"));
    }
    if (smtp.port() != null && (smtp.port() < 1 || smtp.port() > MOST_PORT)) {
      faults.add(new Fault("/smtp/port", "must be 1 to " + MOST_PORT));
    }
    var security = smtp.security() == null ? "starttls" : smtp.security();
    if (!SECURITIES.contains(security)) {
      faults.add(new Fault("/smtp/security", "is one of " + SECURITIES));
    }
    if ((smtp.user() == null) != (smtp.password() == null)) {
      faults.add(new Fault("/smtp/password", "goes with /smtp/user: send both, or neither"));
    }
    if (smtp.password() != null) {
      text(smtp.password(), "/smtp/password", faults);
      if (security.equals("none")) {
        faults.add(new Fault("/smtp/security", "is none: a password is not sent for all to read"));
      }
    }
  }
}
