package io.sluice.engine.engine;

import io.sluice.engine.store.NotifyStore;
import io.sluice.engine.store.NotifyStore.Notice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears notifications on a connection of its own, which must reach PostgreSQL directly: a pooler
/// in transaction mode does not keep LISTEN. When the connection breaks it makes a new one, and
/// tells that something may have been missed.
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int WAIT_MILLIS = 30_000;
  private static final Duration GOODBYE = Duration.ofMillis(300);

  private final DataSource direct;
  private final Consumer<Notice> heard;
  private final Runnable missed;
  private final Runnable wake;
  private final Loop loop = new Loop("listener", this::turn);
  private volatile @Nullable Connection connection;

  /// @param missed is called after each new connection
  /// @param wake sends something that is heard here, so that the wait ends
  Listener(DataSource direct, Consumer<Notice> heard, Runnable missed, Runnable wake) {
    this.direct = direct;
    this.heard = heard;
    this.missed = missed;
    this.wake = wake;
  }

  void start() {
    loop.start();
  }

  /// Ends the wait by a notification, so that the connection goes back to its pool as it came.
  /// Where none arrives, because the database is away, the connection is broken off.
  void close() throws InterruptedException {
    loop.stop();
    wake.run();
    if (loop.join(GOODBYE)) {
      giveBack();
      return;
    }
    do {
      closeConnection(); // also one that is just being made
    } while (!loop.join(Duration.ofMillis(20)));
    closeConnection();
  }

  private void giveBack() {
    try (var current = connection) {
      connection = null;
      if (current != null) {
        NotifyStore.unlisten(current);
      }
    } catch (SQLException e) {
      LOG.debug("closing the listening connection: {}", e.getMessage());
    }
  }

  private void turn() throws InterruptedException {
    try {
      var current = connection;
      if (current == null) {
        current = connect();
      }
      var notifications = current.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
      if (notifications != null) {
        for (var n : notifications) {
          heard.accept(new Notice(n.getName(), n.getParameter()));
        }
      }
    } catch (SQLException e) {
      closeConnection();
      if (!loop.stopping()) {
        LOG.debug("the listening connection broke: {}", e.getMessage());
        Signal.pause(Duration.ofMillis(200));
      }
    }
  }

  private Connection connect() throws SQLException {
    var fresh = direct.getConnection();
    connection = fresh;
    NotifyStore.listen(fresh);
    missed.run();
    return fresh;
  }

  private void closeConnection() {
    var current = connection;
    connection = null;
    if (current != null) {
      try {
        // Ends the wait of the loop's thread; the close gives a pool its place back.
        current.abort(Runnable::run);
        current.close();
      } catch (SQLException e) {
        LOG.debug("closing the listening connection: {}", e.getMessage());
      }
    }
  }
}
