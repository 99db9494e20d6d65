package io.sluice.engine;

import java.sql.Connection;

/// A transaction of the caller's. The engine writes in it and never commits it.
public interface Tx {
  /// The connection that the transaction runs on. It is not to be committed, rolled back or closed
  /// by whoever gets it through here.
  Connection connection();

  /// Runs something once the transaction has committed, and not at all if it does not: wake-ups.
  ///
  /// @throws UnsupportedOperationException if the commit can not be observed
  void afterCommit(Runnable action);

  /// Whether [#afterCommit] works.
  default boolean observed() {
    return true;
  }

  /// A transaction that the engine can not observe, because the caller commits the connection
  /// itself. Wake-ups are then sent inside of it by NOTIFY, which is right but makes commits queue
  /// behind each other under load; prefer `Engine.inTransaction`.
  static Tx of(Connection connection) {
    return new UnobservedTx(connection);
  }
}
