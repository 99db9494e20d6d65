package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Enqueued;
import io.sluice.engine.JobId;
import io.sluice.engine.Tx;
import io.sluice.engine.UniqueKey;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A job exists if and only if the transaction that enqueued it commits.
class EnqueueTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  record Order(String item, int pieces) {}

  @Test
  void aJobEnqueuedInATransactionThatCommitsIsRunWithItsTypedInput() throws Exception {
    var kind = db.kind(Order.class, Order.class);
    var engine =
        db.start(b -> b.handle(kind, (order, _) -> new Order(order.item(), 2 * order.pieces())));
    Enqueued enqueued;
    try (var connection = db.app()) {
      connection.setAutoCommit(false);
      enqueued =
          engine
              .jobs()
              .enqueue(Tx.of(connection), kind, new Order("nail", 7), EnqueueOptions.DEFAULT);
      assertThat(engine.operations().job(enqueued.job())).isEmpty();
      connection.commit();
    }
    assertThat(result(engine, enqueued.job(), Order.class)).isEqualTo(new Order("nail", 14));
  }

  @Test
  void aJobEnqueuedInATransactionThatRollsBackNeverExisted() throws Exception {
    var kind = db.kind(String.class, String.class);
    var engine = db.start(b -> b.handle(kind, (in, _) -> in));
    try (var connection = db.app()) {
      connection.setAutoCommit(false);
      var job =
          engine.jobs().enqueue(Tx.of(connection), kind, "never", EnqueueOptions.DEFAULT).job();
      connection.rollback();
      assertThat(engine.operations().job(job)).isEmpty();
      assertThatThrownBy(() -> engine.jobs().result(job, String.class, Duration.ZERO))
          .isInstanceOf(EngineProblem.UnknownJob.class);
    }
  }

  @Test
  void anObservedTransactionCommitsTheJobsTogetherWithTheCallersRows() throws Exception {
    db.execute("create table if not exists mine (id int); grant all on mine to sluice_app");
    var kind = db.kind(Integer.class, Integer.class);
    var engine = db.start(b -> b.handle(kind, (in, _) -> in + 1));
    var job =
        engine.inTransaction(tx -> {
          tx.connection().createStatement().execute("insert into mine values (1)");
          return engine.jobs().enqueue(tx, kind, 41, EnqueueOptions.DEFAULT).job();
        });
    assertThat(result(engine, job, Integer.class)).isEqualTo(42);
    assertThatThrownBy(() ->
            engine.inTransaction(tx -> {
              tx.connection().createStatement().execute("insert into mine values (2)");
              engine.jobs().enqueue(tx, kind, 1, EnqueueOptions.DEFAULT);
              throw new IllegalStateException("changed my mind");
            }))
        .hasMessage("changed my mind");
    assertThat(db.number("select count(*) from mine")).isOne();
    assertThat(
            db.number(
                "select count(*) from sluice_engine.job where kind = '%s'".formatted(kind.name())))
        .isOne();
  }

  @Test
  void plainSqlEnqueues() throws Exception {
    var kind = db.kind(Order.class, String.class);
    var engine = db.start(b -> b.handle(kind, (order, _) -> order.item()));
    var id =
        db.texts(
                "select sluice_engine.enqueue('%s', '{\"item\": \"bolt\", \"pieces\": 1}')"
                    .formatted(kind.name()))
            .getFirst();
    var job = JobId.parse(id);
    assertThat(result(engine, job, String.class)).isEqualTo("bolt");
    assertThat(engine.operations().job(job).orElseThrow().queue()).isEqualTo(kind.queue());
    assertThat(job.value().version()).isEqualTo(7);
  }

  @Test
  void manyAreEnqueuedInOneStatementInTheOrderOfTheirInputs() {
    var kind = db.kind(Integer.class, Integer.class);
    var engine = db.start(b -> b.handle(kind, (in, _) -> -in));
    var inputs = IntStream.range(0, 500).boxed().toList();
    var jobs = engine.jobs().enqueueAll(kind, inputs, EnqueueOptions.DEFAULT);
    assertThat(jobs).hasSize(500).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < 500; i += 50) {
      assertThat(result(engine, jobs.get(i), Integer.class)).isEqualTo(-i);
    }
  }

  @Test
  void aUniqueKeyIsHeldWhileTheJobLives() {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var key = EnqueueOptions.DEFAULT.withUniqueKey(UniqueKey.whileLive("k"));
    var first = client.jobs().enqueue(kind, "a", key);
    var second = client.jobs().enqueue(kind, "b", key);
    assertThat(second).isEqualTo(new Enqueued(first.job(), false));
    var worker = db.start(b -> b.handle(kind, (in, _) -> in));
    assertThat(result(worker, first.job(), String.class)).isEqualTo("a");
    assertThat(client.jobs().enqueue(kind, "c", key).created()).isTrue();
  }

  @Test
  void aUniqueKeyIsRetainedBeyondTheEndOfTheJobForAsLongAsAsked() throws Exception {
    var kind = db.kind(String.class, String.class);
    var engine = db.start(b -> b.handle(kind, (in, _) -> in));
    var key = EnqueueOptions.DEFAULT.withUniqueKey(UniqueKey.retained("k", Duration.ofHours(1)));
    var first = engine.jobs().enqueue(kind, "a", key);
    result(engine, first.job(), String.class);
    assertThat(engine.jobs().enqueue(kind, "b", key)).isEqualTo(new Enqueued(first.job(), false));
    db.execute(
        "update sluice_engine.unique_key set expires_at = now() - interval '1 second' where kind = '%s'"
            .formatted(kind.name()));
    assertThat(engine.jobs().enqueue(kind, "c", key).created()).isTrue();
  }

  @Test
  void twoTransactionsWithOneKeyMakeOneJob() throws Exception {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var key = EnqueueOptions.DEFAULT.withUniqueKey(UniqueKey.whileLive("raced"));
    try (var one = db.app();
        var other = db.app()) {
      one.setAutoCommit(false);
      other.setAutoCommit(false);
      var first = client.jobs().enqueue(Tx.of(one), kind, "one", key);
      var second =
          CompletableFuture.supplyAsync(
              () -> client.jobs().enqueue(Tx.of(other), kind, "other", key));
      one.commit();
      assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(new Enqueued(first.job(), false));
      other.commit();
    }
    assertThat(
            db.number(
                "select count(*) from sluice_engine.job where kind = '%s'".formatted(kind.name())))
        .isOne();
  }

  @Test
  void theKeyOfATransactionThatRollsBackIsFree() throws Exception {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var key = EnqueueOptions.DEFAULT.withUniqueKey(UniqueKey.whileLive("undone"));
    try (var one = db.app();
        var other = db.app()) {
      one.setAutoCommit(false);
      other.setAutoCommit(false);
      client.jobs().enqueue(Tx.of(one), kind, "one", key);
      var second =
          CompletableFuture.supplyAsync(
              () -> client.jobs().enqueue(Tx.of(other), kind, "other", key));
      one.rollback();
      assertThat(second.get(10, TimeUnit.SECONDS).created()).isTrue();
      other.commit();
    }
  }

  @Test
  void whatCanNotBeStoredIsRefusedAtTheDoor() {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var options = EnqueueOptions.DEFAULT;
    assertThatThrownBy(() -> client.jobs().enqueue(kind, "x".repeat(17 << 20), options))
        .isInstanceOf(EngineProblem.BadInput.class);
    assertThatThrownBy(() ->
            client
                .jobs()
                .enqueueAll(
                    kind, List.of("a", "b"), options.withUniqueKey(UniqueKey.whileLive("k"))))
        .isInstanceOf(EngineProblem.Misuse.class);
    assertThatThrownBy(() -> client.jobs().enqueue(kind, "a\u0000b", options))
        .isInstanceOf(EngineProblem.class);
  }
}
