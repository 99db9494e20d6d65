package io.sluice.notifications.model;

import io.sluice.notifications.Address;
import io.sluice.notifications.Address.Smtp;
import io.sluice.notifications.ChannelType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of an address its owner does not see, and need not send again.
public final class Confidential {
  private Confidential() {}

  /// An address as its owner sees it. The URL of Slack is a key to it.
  public static Address shown(ChannelType type, Address address) {
    var smtp = address.smtp();
    return new Address(
        type == ChannelType.SLACK ? SecretText.shown(address.url()) : address.url(),
        SecretText.shown(address.secret()),
        address.to(),
        address.from(),
        smtp == null ? null : with(smtp, SecretText.shown(smtp.password())));
  }

  /// An address with what is stored in the place of what was hidden. A password is not taken over
  /// to another server: whoever may change a channel need not know it.
  public static Address restored(Address asked, Address stored) {
    var smtp = asked.smtp();
    var known = stored.smtp();
    boolean same =
        smtp != null
            && known != null
            && smtp.host().equals(known.host())
            && Objects.equals(smtp.port(), known.port());
    return new Address(
        SecretText.restored(asked.url(), stored.url()),
        SecretText.restored(asked.secret(), stored.secret()),
        asked.to(),
        asked.from(),
        smtp != null && known != null && same
            ? with(smtp, SecretText.restored(smtp.password(), known.password()))
            : smtp);
  }

  private static Smtp with(Smtp smtp, @Nullable String password) {
    return new Smtp(smtp.host(), smtp.port(), smtp.security(), smtp.user(), password);
  }
}
