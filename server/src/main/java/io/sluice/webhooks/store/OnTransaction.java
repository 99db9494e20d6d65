package io.sluice.webhooks.store;

import io.sluice.engine.Tx;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Statements on the transaction of a job's step, which Spring does not know of.
final class OnTransaction {
  private OnTransaction() {}

  static JdbcClient of(Tx tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.connection(), true));
  }
}
