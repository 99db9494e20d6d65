package io.sluice.platform;

import io.sluice.engine.Tx;
import java.sql.Connection;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Spring's transactions as the engine sees them: `JdbcClient` and the engine write in one, and
/// wake-ups follow its commit.
@Component
public class SpringTx {
  private final TransactionTemplate template;
  private final TransactionTemplate inner;
  private final DataSource pool;

  /// On the pool that the manager's transactions run on.
  public SpringTx(PlatformTransactionManager manager, DataSource pool) {
    this.template = new TransactionTemplate(manager);
    this.inner = new TransactionTemplate(manager);
    this.inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.pool = pool;
  }

  /// Runs work in a transaction. An exception rolls back.
  @SuppressWarnings("NullAway") // the template returns what the work returned
  public <T extends @Nullable Object> T in(Function<Tx, T> work) {
    return template.execute(_ -> work.apply(new Current(pool)));
  }

  /// Runs work in a part of the transaction that runs. An exception rolls that part back, and
  /// nothing of what was done before it.
  @SuppressWarnings("NullAway") // the template returns what the work returned
  public <T extends @Nullable Object> T nested(Function<Tx, T> work) {
    return inner.execute(_ -> work.apply(new Current(pool)));
  }

  /// The transaction of the calling thread.
  private record Current(DataSource pool) implements Tx {
    @Override
    public Connection connection() {
      return DataSourceUtils.getConnection(pool);
    }

    @Override
    public void afterCommit(Runnable action) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              action.run();
            }
          });
    }
  }
}
