package io.sluice.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Outcome;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The end of a job is told to whoever waits for it, on any node, without polling.
class ResultTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  @Test
  void theEndOfAJobReachesAWaiterOnAnotherNodeAtOnce() throws Exception {
    var kind = db.kind(String.class, Long.class);
    var release = new CountDownLatch(1);
    var running = new CountDownLatch(1);
    db.start(b ->
        b.handle(
            kind,
            (_, _) -> {
              running.countDown();
              release.await();
              return System.nanoTime();
            }));
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    running.await();
    var told =
        CompletableFuture.supplyAsync(() -> {
          var end = client.jobs().result(job, Long.class, Duration.ofSeconds(30));
          return System.nanoTime() - ((Outcome.Done<Long>) end.orElseThrow()).result();
        });
    db.awaitTrue("(select awaited from sluice_engine.job where id = '%s')".formatted(job));
    release.countDown();
    assertThat(Duration.ofNanos(told.get(30, TimeUnit.SECONDS))).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aWaitThatRunsOutOfTimeIsEmpty() {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(client.jobs().result(job, String.class, Duration.ofMillis(50))).isEmpty();
  }

  @Test
  void aCommitWakesAnIdleWorkerWithoutAPollingInterval() throws Exception {
    var kind = db.kind(Long.class, Long.class);
    db.start(
        io.sluice.engine.EngineSettings.DEFAULT,
        b -> b.handle(kind, (sent, _) -> System.nanoTime() - sent));
    var client = db.client();
    EngineDatabase.result(
        client, client.jobs().enqueue(kind, 0L, EnqueueOptions.DEFAULT).job(), Long.class);
    var job = client.jobs().enqueue(kind, System.nanoTime(), EnqueueOptions.DEFAULT).job();
    assertThat(Duration.ofNanos(EngineDatabase.result(client, job, Long.class)))
        .isLessThan(Duration.ofSeconds(1));
  }

  /// A claim skips a row that is locked; whoever held it tells of it at the commit.
  @Test
  void aJobThatWasLockedWhileItCouldBeClaimedIsPickedUpAtTheCommit() throws Exception {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    try (var connection = db.app()) {
      connection.setAutoCommit(false);
      client.jobs().signal(io.sluice.engine.Tx.of(connection), job, "early", "bird");
      var engine =
          db.start(
              io.sluice.engine.EngineSettings.DEFAULT,
              b -> b.handle(kind, (_, context) -> context.await("early", String.class)));
      var other = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
      engine.jobs().signal(other, "early", "worm");
      assertThat(EngineDatabase.result(engine, other, String.class)).isEqualTo("worm");
      connection.commit();
      assertThat(client.jobs().result(job, String.class, Duration.ofSeconds(3))).isPresent();
    }
  }
}
