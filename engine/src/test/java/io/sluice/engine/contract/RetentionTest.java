package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Old history is dropped by the partition; what still lives is kept.
class RetentionTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final String PARTITIONS =
      "(select count(*) from pg_inherits where inhparent = 'sluice_engine.job'::regclass) %s";

  /// Ids as they were made so long ago.
  private static IdSource ago(Duration time) {
    var generator = new TimeBasedEpochGenerator(new Random(1));
    return () -> generator.construct(Instant.now().minus(time).toEpochMilli());
  }

  @Test
  void oldPartitionsAreDroppedAndStragglersKept() throws Exception {
    var kind = db.kind(String.class, String.class).withRetry(RetryPolicy.NONE);
    db.execute("select sluice_engine.cover(now() - interval '60 days', interval '7 days')");
    io.sluice.engine.Handler<String, String> handler =
        (in, job) -> {
          job.step("first", String.class, () -> "kept");
          return in.equals("straggler") ? job.await("go", String.class) : in;
        };
    // Made by a node that keeps everything, so that nothing is dropped meanwhile.
    var patient = EngineDatabase.SETTINGS.withRetention(Duration.ofDays(999));
    var old = db.start(patient, b -> b.withIds(ago(Duration.ofDays(60))).handle(kind, handler));
    var straggler = old.jobs().enqueue(kind, "straggler", EnqueueOptions.DEFAULT).job();
    var finished = old.jobs().enqueue(kind, "finished", EnqueueOptions.DEFAULT).job();
    result(old, finished, String.class);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    age(finished);
    old.close();
    var before = partitions();

    var engine =
        db.start(
            EngineDatabase.SETTINGS.withRetention(Duration.ofDays(30)),
            b -> b.handle(kind, handler));
    db.awaitTrue(PARTITIONS.formatted("< " + before));
    assertThat(engine.operations().job(finished)).isEmpty();
    assertThat(engine.operations().job(straggler).orElseThrow().state())
        .isEqualTo(JobState.WAITING);
    assertThat(checkpoints(finished)).isZero();
    assertThat(checkpoints(straggler)).isOne();
    engine.jobs().signal(straggler, "go", "went");
    assertThat(result(engine, straggler, String.class)).isEqualTo("went");
    assertThat(engine.operations().history(straggler))
        .anyMatch(line -> line.to() == JobState.WAITING);
  }

  private static void age(JobId job) throws Exception {
    db.execute(
        "update sluice_engine.job set finished_at = now() - interval '59 days' where id = '%s'"
            .formatted(job));
  }

  private static long checkpoints(JobId job) throws Exception {
    return db.number(
        "select count(*) from sluice_engine.checkpoint where job_id = '%s'".formatted(job));
  }

  private static long partitions() throws Exception {
    return db.number("select " + PARTITIONS.formatted(""));
  }

  @Test
  void twoNodesThatStartAtOnceMakeThePartitionsTogether() throws Exception {
    for (int round = 0; round < 5; round++) {
      var width = Duration.ofHours(3L + round);
      var together = new CountDownLatch(1);
      var nodes = new CompletableFuture<?>[4];
      for (int i = 0; i < nodes.length; i++) {
        nodes[i] =
            CompletableFuture.runAsync(
                () -> {
                  try (var connection = db.app();
                      var cover = connection.createStatement()) {
                    together.await();
                    cover.execute(
                        "select sluice_engine.cover(now() + interval '%d days', interval '%d hours')"
                            .formatted(100 + 10 * width.toHours(), width.toHours()));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                },
                command -> Thread.ofVirtual().start(command));
      }
      together.countDown();
      CompletableFuture.allOf(nodes).get(20, TimeUnit.SECONDS);
    }
  }
}
