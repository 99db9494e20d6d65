package io.sluice.testing.run.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.SpringTx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an execution stands on: a job, or a request that waits for it. The same code runs on both.
sealed interface Ground {
  /// Whose work it is.
  TenantId tenant();

  /// Who acts, for histories.
  String who();

  /// Runs something once.
  ///
  /// @param limit after which it is interrupted
  <T extends @Nullable Object> T step(String name, Class<T> type, Duration limit, Callable<T> body)
      throws Exception;

  /// Runs something in a transaction; `JdbcClient`s write in it.
  <T extends @Nullable Object> T transaction(String name, Class<T> type, Function<Tx, T> body);

  /// Shows how far it is.
  void progress(int done, int total);

  /// Gives up until a time.
  ///
  /// @param why what is thrown where nothing can be given up
  Throwable later(Instant until, String reason, RuntimeException why);

  /// A job.
  record Job(JobContext job, SpringTx transactions) implements Ground {
    /// Beyond the attempt's own limit, which the runner heeds itself.
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public TenantId tenant() {
      return job.tenant();
    }

    @Override
    public String who() {
      return "job " + job.id();
    }

    @Override
    public <T extends @Nullable Object> T step(
        String name, Class<T> type, Duration limit, Callable<T> body) {
      return job.step(name, type, StepOptions.DEFAULT.within(limit.plus(GRACE)), body);
    }

    @Override
    public <T extends @Nullable Object> T transaction(
        String name, Class<T> type, Function<Tx, T> body) {
      return job.transaction(name, type, tx -> transactions.within(tx, () -> body.apply(tx)));
    }

    @Override
    public void progress(int done, int total) {
      job.progress(done, Math.max(done, total));
    }

    @Override
    public Throwable later(Instant until, String reason, RuntimeException why) {
      return job.park(until, reason);
    }

    /// The group of its validation.
    Jobs.Family validation() {
      return new Jobs.Family(new JobId(job.id().value()), "validation");
    }
  }

  /// A request.
  record Request(TenantId tenant, String who, SpringTx transactions) implements Ground {
    @Override
    public <T extends @Nullable Object> T step(
        String name, Class<T> type, Duration limit, Callable<T> body) throws Exception {
      return body.call();
    }

    @Override
    public <T extends @Nullable Object> T transaction(
        String name, Class<T> type, Function<Tx, T> body) {
      return transactions.in(body);
    }

    @Override
    public void progress(int done, int total) {
      // Nobody watches but who waits.
    }

    @Override
    public Throwable later(Instant until, String reason, RuntimeException why) {
      return why;
    }
  }
}
