package io.sluice.engine.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Which port the server listens on.
final class ServerPort {
  /// Below the range from which Linux takes the ports of outgoing connections (32768 and up). In
  /// that range a pool that calls a server which is down may, by chance, be connected to itself,
  /// and so keep the server from coming back.
  private static final int LOWEST = 15_432;

  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  private ServerPort() {}

  /// The port asked for, or the one of the last run, or a free one.
  static int choose(PostgresSettings settings, DataDirectory directory, RandomGenerator random) {
    if (settings.port().isPresent()) {
      var port = settings.port().getAsInt();
      if (!free(port)) {
        throw new PostgresProblem.PortTaken(port);
      }
      return port;
    }
    var remembered = remembered(directory);
    return remembered.isPresent() && free(remembered.getAsInt())
        ? remembered.getAsInt()
        : anyFree(random);
  }

  static void remember(DataDirectory directory, int port) {
    try {
      AtomicFile.write(directory.port(), port + "\n", ServerUser.ourselves());
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(directory.port(), e);
    }
  }

  private static OptionalInt remembered(DataDirectory directory) {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(directory.port()).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static int anyFree(RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      var port = random.nextInt(LOWEST, HIGHEST);
      if (free(port)) {
        return port;
      }
    }
    throw new PostgresProblem.PortTaken(LOWEST);
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
