package io.sluice.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/// Wake-ups across processes.
public final class NotifyStore {
  /// Queues that have work; `*`: look around.
  public static final String WAKE = "sluice_wake";

  /// `done:<job>`, `signal:<job>`, `cancel:<job>:<fence>`.
  public static final String JOB = "sluice_job";

  /// Something was announced, or progress made.
  public static final String EVENT = "sluice_event";

  static final Sql NOTIFY =
      new Sql(
          "select pg_notify(u.channel, u.payload) from unnest(?::text[], ?::text[]) u(channel, payload)");

  static final Sql LISTEN = new Sql("listen sluice_wake; listen sluice_job; listen sluice_event");

  static final Sql UNLISTEN = new Sql("unlisten *");

  /// One notification.
  public record Notice(String channel, String payload) {}

  private final Db db;

  /// On a database.
  public NotifyStore(Db db) {
    this.db = db;
  }

  /// Notifies, in a transaction of its own: never in one that writes, where it would make commits
  /// queue.
  public void send(Collection<Notice> notices) {
    db.with("notifying", c -> sendOn(c, notices));
  }

  /// Notifies inside of a transaction that nobody can observe.
  public static int sendOn(Connection c, Collection<Notice> notices) throws SQLException {
    return Db.query(
            c,
            NOTIFY,
            s -> {
              s.setArray(
                  1, c.createArrayOf("text", notices.stream().map(Notice::channel).toArray()));
              s.setArray(
                  2, c.createArrayOf("text", notices.stream().map(Notice::payload).toArray()));
            },
            row -> true)
        .size();
  }

  /// Listens on a connection of its own.
  public static void listen(Connection c) throws SQLException {
    try (var statement = c.createStatement()) {
      statement.execute(LISTEN.text());
    }
  }

  /// Ends that.
  public static void unlisten(Connection c) throws SQLException {
    try (var statement = c.createStatement()) {
      statement.execute(UNLISTEN.text());
    }
  }
}
