package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext.StepTx;
import io.sluice.engine.JobId;
import io.sluice.engine.Operations.EventFilter;
import io.sluice.engine.Outcome;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.testing.EngineDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The SQL of a transaction step and the record of it commit together.
class TransactionTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final AtomicInteger bodies = new AtomicInteger();

  @BeforeAll
  static void makeTable() throws SQLException {
    db.execute("create table effect (job uuid, note text); grant all on effect to sluice_app");
  }

  private static String write(StepTx tx, JobId job) throws SQLException {
    try (var insert = tx.connection().prepareStatement("insert into effect values (?, 'x')")) {
      insert.setObject(1, job.value());
      insert.execute();
    }
    return "written";
  }

  private static long effects(JobId job) throws SQLException {
    return db.number("select count(*) from effect where job = '%s'".formatted(job));
  }

  @Test
  void takesEffectOnceThoughTheHandlerRunsTwice() throws Exception {
    var kind =
        db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofMillis(1)));
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var said = job.transaction("book", String.class, tx -> write(tx, job.id()));
                  if (job.attempt() == 0) {
                    throw new TransientFailure("later", "again");
                  }
                  return said;
                }));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(result(engine, job, String.class)).isEqualTo("written");
    assertThat(effects(job)).isOne();
  }

  @Test
  void aBodyThatFailsLeavesNothingBehind() throws Exception {
    var kind = db.kind(String.class, String.class);
    var child = db.kind(String.class, String.class);
    var engine =
        db.start(b ->
            b.handle(child, (in, _) -> in)
                .handle(
                    kind,
                    (_, job) ->
                        job.transaction(
                            "book",
                            String.class,
                            tx -> {
                              write(tx, job.id());
                              tx.emit(StepTest.event("never.seen"));
                              throw new PermanentFailure("NO", "no");
                            })));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(outcome(engine, job, String.class)).isInstanceOf(Outcome.DeadLettered.class);
    assertThat(effects(job)).isZero();
    assertThat(engine.operations().events(new EventFilter(null, job, null, null, null), null, 9))
        .isEmpty();
  }

  @Test
  void jobsAndEventsOfTheTransactionAppearWithIt() {
    var kind = db.kind(String.class, String.class);
    var next = db.kind(String.class, String.class);
    var client = db.client();
    var engine =
        db.start(b ->
            b.handle(next, (in, _) -> in + "!")
                .handle(
                    kind,
                    (_, job) ->
                        job.transaction(
                            "book",
                            String.class,
                            tx -> {
                              tx.emit(StepTest.event("booked"));
                              var options = EnqueueOptions.DEFAULT;
                              return client.jobs().enqueue(tx, next, "n", options).job() + "";
                            })));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    var enqueued = JobId.parse(result(engine, job, String.class));
    assertThat(result(engine, enqueued, String.class)).isEqualTo("n!");
    assertThat(engine.operations().events(new EventFilter(null, job, null, null, null), null, 9))
        .extracting(e -> e.code())
        .containsExactly("booked");
  }

  /// The connection is cut inside of the transaction: what was done is undone and done again,
  /// without an attempt of the job.
  @Test
  void aConnectionThatBreaksBeforeTheCommitCostsNothing() throws Exception {
    var kind = db.kind(String.class, String.class).withRetry(RetryPolicy.NONE);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.transaction(
                        "book",
                        String.class,
                        tx -> {
                          write(tx, job.id());
                          if (bodies.incrementAndGet() == 1) {
                            db.cut(backend(tx));
                          }
                          return "bodies: " + bodies;
                        })));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(result(engine, job, String.class)).isEqualTo("bodies: 2");
    assertThat(effects(job)).isOne();
  }

  /// A deferred trigger lets the commit wait for a lock while the client's connection is cut: the
  /// commit then takes effect, or not, unseen by the client.
  @Test
  void afterACommitOfUnknownOutcomeTheCheckpointIsReadAgain() throws Exception {
    var kind = db.kind(String.class, String.class).withRetry(RetryPolicy.NONE);
    var proxies = new CuttingPool(db.pool());
    var engine =
        io.sluice.engine.engine.Engine.on(proxies)
            .with(EngineDatabase.SETTINGS)
            .listenOn(db.direct())
            .handle(
                kind,
                (_, job) ->
                    job.transaction(
                        "book",
                        String.class,
                        tx -> {
                          write(tx, job.id());
                          if (bodies.incrementAndGet() == 1) {
                            proxies.cutAfterNextCommit(tx.connection());
                          }
                          return "bodies: " + bodies;
                        }))
            .start();
    try (engine) {
      var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
      assertThat(result(engine, job, String.class)).isEqualTo("bodies: 1");
      assertThat(effects(job)).isOne();
    }
  }

  private static int backend(StepTx tx) throws SQLException {
    return tx.connection().unwrap(org.postgresql.PGConnection.class).getBackendPID();
  }
}
