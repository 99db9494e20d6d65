package io.sluice.guard.model;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Which addresses may be called: public ones, and those that somebody named.
///
/// @param allowed networks that may be called whatever they are
public record EgressPolicy(List<Network> allowed) {
  /// Private, local, shared, reserved, for documentation, for many.
  private static final List<Network> CLOSED_V4 =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /// Where addresses are that the world can reach; all other IPv6 is local or reserved.
  private static final Network GLOBAL_V6 = Network.of("2000::/3");

  private static final List<Network> CLOSED_V6 =
      networks("2001::/23", "2001:db8::/32", "3fff::/20");

  /// Forms of IPv6 that lead to an IPv4 address, with where its four bytes stand.
  private static final List<Tunnel> TUNNELS =
      List.of(new Tunnel(Network.of("64:ff9b::/96"), 12), new Tunnel(Network.of("2002::/16"), 2));

  private record Tunnel(Network network, int at) {}

  private static List<Network> networks(String... texts) {
    return Arrays.stream(texts).map(Network::of).toList();
  }

  /// Whether an address may be connected to.
  public boolean allows(InetAddress address, int port) {
    var bytes = address.getAddress();
    return allowed.stream().anyMatch(n -> n.names(bytes, port)) || isPublic(bytes);
  }

  private static boolean isPublic(byte[] address) {
    if (address.length == 4) {
      return CLOSED_V4.stream().noneMatch(n -> n.contains(address));
    }
    for (var tunnel : TUNNELS) {
      if (tunnel.network().contains(address)) {
        return isPublic(Arrays.copyOfRange(address, tunnel.at(), tunnel.at() + 4));
      }
    }
    return GLOBAL_V6.contains(address)
        && CLOSED_V6.stream().noneMatch(n -> n.contains(address))
        && !leadsInside(address);
  }

  /// An interface identifier of ISATAP carries an IPv4 address: `…:0:5efe:a.b.c.d`.
  private static boolean leadsInside(byte[] address) {
    boolean isatap =
        (address[8] & ~2) == 0
            && address[9] == 0
            && address[10] == 0x5e
            && (address[11] & 0xff) == 0xfe;
    return isatap && !isPublic(Arrays.copyOfRange(address, 12, 16));
  }
}
