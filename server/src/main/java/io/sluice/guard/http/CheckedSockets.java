package io.sluice.guard.http;

import io.sluice.guard.CallFailure;
import io.sluice.guard.Sockets;
import io.sluice.guard.model.EgressPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connects to what [CheckedNames] leaves, one address after the other.
public final class CheckedSockets implements Sockets {
  private final CheckedNames names;

  /// @param names tests look up otherwise
  public CheckedSockets(Names names, EgressPolicy policy) {
    this.names = new CheckedNames(names, policy);
  }

  @Override
  public Socket open(String host, int port, Duration timeout) {
    IOException last = null;
    for (var address : addresses(host, port)) {
      var socket = new Socket();
      try {
        socket.connect(address, (int) timeout.toMillis());
        socket.setSoTimeout((int) timeout.toMillis());
        return socket;
      } catch (IOException e) {
        close(socket);
        last = e;
      }
    }
    throw failed(host, port, last);
  }

  private List<InetSocketAddress> addresses(String host, int port) {
    try {
      return names.resolve(host, port);
    } catch (CheckedNames.Refused _) {
      throw new CallFailure.EgressRefused(
          host + " is on a network that may not be called; see SLUICE_EGRESS_ALLOW");
    } catch (UnknownHostException e) {
      throw new CallFailure.ConnectFailed("There is no host " + host, e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It was of no use anyway.
    }
  }

  private static CallFailure.ConnectFailed failed(
      String host, int port, @Nullable IOException cause) {
    return new CallFailure.ConnectFailed("Nobody answers at " + host + ":" + port, cause);
  }
}
