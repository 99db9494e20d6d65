package io.sluice.notifications.work;

import io.sluice.notifications.Address;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.platform.Sealer;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Where channels lead is stored sealed, all of it.
@Component
class Sealed {
  private final Sealer sealer;
  private final JsonMapper json;

  Sealed(Sealer sealer, JsonMapper json) {
    this.sealer = sealer;
    this.json = json;
  }

  byte[] seal(UUID channel, Address address) {
    return sealer.seal(owner(channel), json.writeValueAsString(address));
  }

  /// @throws Sealer.WrongKey if it was sealed with another master key
  Address address(ChannelStore.Row row) {
    var text = sealer.open(owner(row.id()), row.written().sealedAddress());
    return json.readValue(text, Address.class);
  }

  private static String owner(UUID channel) {
    return "notification-channel/" + channel;
  }
}
