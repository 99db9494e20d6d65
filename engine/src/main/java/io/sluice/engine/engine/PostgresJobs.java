package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Enqueued;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.Tx;
import io.sluice.engine.store.Db;
import io.sluice.engine.store.EndStore;
import io.sluice.engine.store.NotifyStore;
import io.sluice.engine.store.NotifyStore.Notice;
import io.sluice.engine.store.QueryStore;
import io.sluice.engine.store.WakeStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// [Jobs] on PostgreSQL.
final class PostgresJobs implements Jobs {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final Db db;
  private final Codec codec;
  private final Enqueuer enqueuer;
  private final QueryStore queries;
  private final EndStore ends;
  private final Results results;
  private final Consumer<EndStore.Result> settled;
  private final Wakes wakes;

  PostgresJobs(
      Db db,
      Codec codec,
      Enqueuer enqueuer,
      QueryStore queries,
      Results results,
      Consumer<EndStore.Result> settled,
      Wakes wakes) {
    this.db = db;
    this.codec = codec;
    this.enqueuer = enqueuer;
    this.queries = queries;
    this.ends = new EndStore(db);
    this.results = results;
    this.settled = settled;
    this.wakes = wakes;
  }

  /// An enqueue on a connection; what it hands over is done after the commit.
  private interface Enqueue<T> {
    T on(Connection connection, Consumer<Runnable> afterCommit) throws SQLException;
  }

  @Override
  public <I, O extends @Nullable Object> Enqueued enqueue(
      Tx tx, Kind<I, O> kind, I input, EnqueueOptions options) {
    return in(tx, (c, after) -> enqueuer.one(c, kind, input, options, after));
  }

  @Override
  public <I, O extends @Nullable Object> Enqueued enqueue(
      Kind<I, O> kind, I input, EnqueueOptions options) {
    return alone(options, (c, after) -> enqueuer.one(c, kind, input, options, after));
  }

  @Override
  public <I, O extends @Nullable Object> List<JobId> enqueueAll(
      Tx tx, Kind<I, O> kind, List<I> inputs, EnqueueOptions options) {
    return in(tx, (c, after) -> enqueuer.many(c, kind, inputs, options, after));
  }

  @Override
  public <I, O extends @Nullable Object> List<JobId> enqueueAll(
      Kind<I, O> kind, List<I> inputs, EnqueueOptions options) {
    return alone(options, (c, after) -> enqueuer.many(c, kind, inputs, options, after));
  }

  @Override
  public <I, O extends @Nullable Object> List<JobId> enqueueChildren(
      Tx tx, Family family, Kind<I, O> kind, List<I> inputs, EnqueueOptions options) {
    return in(tx, (c, after) -> enqueuer.family(c, family, kind, inputs, options, after));
  }

  /// In the caller's transaction: the wake-up follows its commit, or, where that can not be seen,
  /// rides in it.
  private <T> T in(Tx tx, Enqueue<T> enqueue) {
    try {
      if (tx.observed()) {
        return enqueue.on(tx.connection(), tx::afterCommit);
      }
      var result = enqueue.on(tx.connection(), _ -> {});
      NotifyStore.sendOn(tx.connection(), List.of(new Notice(NotifyStore.WAKE, "*")));
      return result;
    } catch (SQLException e) {
      throw new EngineProblem.Database("enqueuing", e);
    }
  }

  /// In a transaction of its own; a single statement is one by itself.
  private <T> T alone(EnqueueOptions options, Enqueue<T> enqueue) {
    var after = new ArrayList<Runnable>();
    var result =
        options.uniqueKey() == null
            ? db.with("enqueuing", c -> enqueue.on(c, after::add))
            : db.inTransaction(
                "enqueuing",
                c -> {
                  after.clear();
                  return enqueue.on(c, after::add);
                });
    after.forEach(Runnable::run);
    return result;
  }

  @Override
  public <O extends @Nullable Object> Optional<Outcome<O>> result(
      JobId job, Class<O> type, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      var view = queries.job(job).orElseThrow(() -> new EngineProblem.UnknownJob(job));
      if (view.state().terminal()) {
        return Optional.of(outcome(view, type));
      }
      var left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return Optional.empty();
      }
      try {
        results.await(job, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  @SuppressWarnings("NullAway") // a result of null is legal for kinds without output
  private <O extends @Nullable Object> Outcome<O> outcome(JobView view, Class<O> type) {
    return switch (view.state()) {
      case DONE ->
          new Outcome.Done<>(
              view.id(), view.resultJson() == null ? null : codec.decode(view.resultJson(), type));
      case DEADLETTER ->
          new Outcome.DeadLettered<>(
              view.id(), view.lastError() == null ? Errors.decode(null) : view.lastError());
      case CANCELLED -> new Outcome.Cancelled<>(view.id());
      case QUEUED, WORKING, WAITING, RETRYABLE -> throw new IllegalStateException("not ended");
    };
  }

  @Override
  public boolean signal(JobId job, String name, @Nullable Object payload) {
    var json = codec.encode(payload);
    boolean sent = db.with("sending a signal", c -> WakeStore.signal(c, job, name, json));
    return sent || unlessUnknown(job);
  }

  @Override
  public boolean signal(Tx tx, JobId job, String name, @Nullable Object payload) {
    try {
      return WakeStore.signal(tx.connection(), job, name, codec.encode(payload))
          || unlessUnknown(job);
    } catch (SQLException e) {
      throw new EngineProblem.Database("sending a signal", e);
    }
  }

  private boolean unlessUnknown(JobId job) {
    if (queries.job(job).isEmpty()) {
      throw new EngineProblem.UnknownJob(job);
    }
    return false;
  }

  @Override
  public int cancel(JobId job, String who) {
    var result = ends.cancel(job, who);
    settled.accept(result);
    result.ended().stream()
        .map(EndStore.Ended::limitKey)
        .filter(java.util.Objects::nonNull)
        .distinct()
        .forEach(wakes::admit);
    if (result.ended().isEmpty()) {
      unlessUnknown(job);
    }
    return (int) result.ended().stream().filter(e -> e.state() == JobState.CANCELLED).count();
  }
}
