package io.sluice.guard.http;

import io.sluice.guard.model.EgressPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks up a host and leaves only addresses that may be called. The connection is made to what
/// comes out of here, so that a name which answers otherwise a moment later gains nothing.
final class CheckedNames implements DnsResolver {
  private static final Logger LOG = LoggerFactory.getLogger(CheckedNames.class);

  private final Names names;
  private final EgressPolicy policy;

  CheckedNames(Names names, EgressPolicy policy) {
    this.names = names;
    this.policy = policy;
  }

  /// All addresses of the host are of networks that may not be called.
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    Refused(String host) {
      super(host);
    }
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    var found = names.addresses(host);
    var open = Arrays.stream(found).filter(a -> policy.allows(a, port)).toList();
    if (open.isEmpty() && found.length > 0) {
      LOG.info("refused to call {}: it is at {}", host, Arrays.toString(found));
      throw new Refused(host);
    }
    return open.stream().map(a -> new InetSocketAddress(a, port)).toList();
  }

  /// Without a port only networks that are allowed on every port count.
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
