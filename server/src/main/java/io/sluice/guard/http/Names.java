package io.sluice.guard.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks up the addresses of a host.
@FunctionalInterface
public interface Names {
  /// The system's own.
  Names SYSTEM = InetAddress::getAllByName;

  /// The addresses of a name, or of an address in whatever spelling.
  InetAddress[] addresses(String host) throws UnknownHostException;
}
