package io.sluice.guard.model;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A network, of one port or of all.
///
/// @param address the bytes of an address in it
/// @param bits how many of them count
/// @param port null: all
public record Network(byte[] address, int bits, @Nullable Integer port) {
  private static final Pattern BRACKETS = Pattern.compile("\\[(.+)](?::(\\d{1,5}))?");
  private static final Pattern V4 = Pattern.compile("([0-9.]+(?:/\\d{1,2})?)(?::(\\d{1,5}))?");

  /// Reads `10.0.0.0/8`, `127.0.0.1:9000`, `10.0.0.0/8:443`, `fd00::/8`, `[::1]:8080`.
  ///
  /// @return empty if it is none of these
  public static Optional<Network> parse(String text) {
    for (var form : new Pattern[] {BRACKETS, V4}) {
      var found = form.matcher(text.strip());
      if (found.matches()) {
        return parse(found.group(1), found.group(2));
      }
    }
    return parse(text.strip(), null);
  }

  private static Optional<Network> parse(String network, @Nullable String port) {
    int slash = network.indexOf('/');
    try {
      var literal = slash < 0 ? network : network.substring(0, slash);
      if (literal.indexOf(':') < 0 && literal.chars().filter(c -> c == '.').count() != 3) {
        return Optional.empty();
      }
      var address = InetAddress.ofLiteral(literal).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(network.substring(slash + 1));
      if (bits < 0 || bits > address.length * 8) {
        return Optional.empty();
      }
      return Optional.of(new Network(address, bits, port == null ? null : Integer.valueOf(port)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A network that is known to be well written.
  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  /// Whether an address is in it, whatever the port.
  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /// Whether it names this address and port.
  boolean names(byte[] other, int otherPort) {
    return (port == null || port == otherPort) && contains(other);
  }
}
