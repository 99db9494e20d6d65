package io.sluice.guard.work;

import io.sluice.guard.Egress;
import io.sluice.guard.model.EgressPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// Looks names up, and asks the policy about every address.
record LookedUpEgress(EgressPolicy policy) implements Egress {
  @Override
  public Optional<String> refusal(URI url) {
    var host = url.getHost();
    if (host == null) {
      return Optional.of("the URL has no host");
    }
    int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    try {
      boolean allowed =
          Arrays.stream(InetAddress.getAllByName(host))
              .allMatch(address -> policy.allows(address, port));
      return allowed
          ? Optional.empty()
          : Optional.of(host + " is on a network that may not be called; see SLUICE_EGRESS_ALLOW");
    } catch (UnknownHostException _) {
      return Optional.of("there is no host " + host);
    }
  }
}
