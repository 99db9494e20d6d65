package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.Kind;
import io.sluice.engine.Operations.QueueView;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is claimed first, what later, and what not now.
class QueueTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final EngineSettings ONE_AT_A_TIME = EngineDatabase.SETTINGS.withConcurrency(1);

  private final Kind<String, String> kind = db.kind(String.class, String.class);
  private final Queue<String> order = new ConcurrentLinkedQueue<>();

  private Engine oneAtATime() {
    return db.start(
        ONE_AT_A_TIME,
        b ->
            b.handle(
                kind,
                (in, _) -> {
                  order.add(in);
                  return in;
                }));
  }

  private static JobId enqueue(Engine engine, Kind<String, ?> kind, String in, int priority) {
    return engine.jobs().enqueue(kind, in, EnqueueOptions.DEFAULT.withPriority(priority)).job();
  }

  @Test
  void theMoreUrgentIsClaimedFirst() {
    var client = db.client();
    var jobs =
        List.of(
            enqueue(client, kind, "later", 5),
            enqueue(client, kind, "normal", 0),
            enqueue(client, kind, "urgent", -5));
    var engine = oneAtATime();
    jobs.forEach(job -> result(engine, job, String.class));
    assertThat(order).containsExactly("urgent", "normal", "later");
  }

  /// Each step of priority counts as 30 s of waiting, so that nothing waits for ever.
  @Test
  void whatHasWaitedLongOvertakesWhatIsMoreUrgent() throws Exception {
    var client = db.client();
    var old = enqueue(client, kind, "patient", 2);
    db.execute(
        "update sluice_engine.job set ready_order = ready_order - interval '61 seconds' where id = '%s'"
            .formatted(old));
    var urgent = enqueue(client, kind, "urgent", 0);
    var engine = oneAtATime();
    result(engine, old, String.class);
    result(engine, urgent, String.class);
    assertThat(order).containsExactly("patient", "urgent");
  }

  @Test
  void aJobIsNotRunBeforeItsTime() {
    var kind = db.kind(String.class, Instant.class);
    var engine = db.start(b -> b.handle(kind, (_, _) -> Instant.now()));
    var at = Instant.now().plusMillis(600);
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT.withRunAt(at)).job();
    var ran = result(engine, job, Instant.class);
    assertThat(ran).isAfterOrEqualTo(at).isBefore(at.plusSeconds(2));
  }

  @Test
  void aPausedQueueIsNotClaimedFromUntilItIsResumed() {
    var client = db.client();
    client.operations().pause(kind.queue(), "ada");
    var engine = oneAtATime();
    var other = db.kind(String.class, String.class);
    var elsewhere = db.start(b -> b.handle(other, (in, _) -> in));
    var held = enqueue(client, kind, "held", 0);
    result(elsewhere, enqueue(client, other, "free", 0), String.class);
    assertThat(client.jobs().result(held, String.class, Duration.ofMillis(300))).isEmpty();
    assertThat(queue(client).pausedBy()).isEqualTo("ada");
    assertThat(queue(client).ready()).isOne();
    client.operations().resume(kind.queue(), "ada");
    assertThat(result(engine, held, String.class)).isEqualTo("held");
    assertThat(queue(client).pausedAt()).isNull();
  }

  private QueueView queue(Engine engine) {
    return engine.operations().queues().stream()
        .filter(q -> q.name().equals(kind.queue()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWorkerClaimsInBatchesAndNeverMoreThanItRuns() {
    var gate = new CountDownLatch(1);
    var full = new CountDownLatch(8);
    var engine =
        db.start(
            EngineDatabase.SETTINGS.withConcurrency(8).withClaimBatch(5),
            b ->
                b.handle(
                    kind,
                    (in, _) -> {
                      full.countDown();
                      gate.await();
                      return in;
                    }));
    var jobs =
        engine
            .jobs()
            .enqueueAll(kind, java.util.Collections.nCopies(100, "x"), EnqueueOptions.DEFAULT);
    CancelTest.awaitUninterruptibly(full);
    assertThat(engine.busy()).isEqualTo(8);
    assertThat(queue(engine).working()).isEqualTo(8);
    gate.countDown();
    jobs.forEach(job -> result(engine, job, String.class));
  }

  @Test
  void twoNodesShareAQueueAndRunEachJobOnce() throws Exception {
    var seen = new ConcurrentLinkedQueue<String>();
    var engines = new ArrayList<Engine>();
    for (int i = 0; i < 2; i++) {
      engines.add(
          db.start(b ->
              b.handle(
                  kind,
                  (in, job) -> {
                    seen.add(job.id().toString());
                    return in;
                  })));
    }
    var jobs =
        engines
            .getFirst()
            .jobs()
            .enqueueAll(kind, java.util.Collections.nCopies(1000, "x"), EnqueueOptions.DEFAULT);
    jobs.forEach(job -> result(engines.getLast(), job, String.class));
    assertThat(seen).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void aNodeLeavesKindsThatItDoesNotKnow() {
    var known = db.kind(String.class, String.class).inQueue(kind.queue());
    var client = db.client();
    var stranger = enqueue(client, kind, "strange", -10);
    var engine = db.start(b -> b.handle(known, (in, _) -> in));
    assertThat(result(engine, enqueue(client, known, "mine", 0), String.class)).isEqualTo("mine");
    assertThat(client.operations().job(stranger).orElseThrow().fence()).isZero();
  }

  @Test
  void aNodeThatStopsHandsItsJobsOverUnspent() throws Exception {
    var running = new CountDownLatch(1);
    var first =
        db.start(b ->
            b.handle(
                kind,
                (_, _) -> {
                  running.countDown();
                  new CountDownLatch(1).await();
                  return "";
                }));
    var job = enqueue(first, kind, "handed", 0);
    running.await();
    var second = oneAtATime();
    first.close();
    assertThat(result(second, job, String.class)).isEqualTo("handed");
    var view = second.operations().job(job).orElseThrow();
    assertThat(view.attempt()).isZero();
    assertThat(view.crashes()).isZero();
  }

  @Test
  void aNodeThatStopsWithPatienceLetsItsJobsEnd() throws Exception {
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, _) -> {
                  running.countDown();
                  release.await();
                  return in;
                }));
    var job = enqueue(engine, kind, "in peace", 0);
    running.await();
    var stopping = Thread.ofVirtual().start(() -> engine.stop(Duration.ofSeconds(20)));
    release.countDown();
    stopping.join();
    assertThat(result(db.client(), job, String.class)).isEqualTo("in peace");
  }
}
