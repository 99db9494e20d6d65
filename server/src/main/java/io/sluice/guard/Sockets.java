package io.sluice.guard;

import java.net.Socket;
import java.time.Duration;

/// Opens connections for protocols other than HTTP, to addresses that may be called. No breaker
/// knows of them.
public interface Sockets {
  /// Connects. The address that was checked is the one that is connected to.
  ///
  /// @param timeout until it is connected; for each read afterwards, too
  /// @throws CallFailure.EgressRefused if the host is on a network that may not be called
  /// @throws CallFailure.ConnectFailed if nobody answers there
  Socket open(String host, int port, Duration timeout);
}
