package io.sluice.engine;

import java.sql.Connection;

/// See [Tx#of].
record UnobservedTx(Connection connection) implements Tx {
  @Override
  public void afterCommit(Runnable action) {
    throw new UnsupportedOperationException("this transaction's commit can not be observed");
  }

  @Override
  public boolean observed() {
    return false;
  }
}
