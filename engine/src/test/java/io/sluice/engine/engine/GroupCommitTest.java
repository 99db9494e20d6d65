package io.sluice.engine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.Telemetry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Batches that fail: because of a row of theirs, or because the database is away.
class GroupCommitTest {
  private final Queue<List<Integer>> flushes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger broken = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final GroupCommit<Integer> commits =
      new GroupCommit<>("test", 1, 100, this::write, Telemetry.NONE);

  /// Refuses a batch that holds 13; says false of 7.
  private List<Boolean> write(List<Integer> entries) {
    awaitGate();
    flushes.add(entries);
    if (broken.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw problem("08006");
    }
    if (entries.contains(13)) {
      throw problem("22P05");
    }
    return entries.stream().map(e -> e != 7).toList();
  }

  private static EngineProblem.Database problem(String state) {
    return new EngineProblem.Database("writing", new SQLException("no", state));
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    gate.countDown();
    commits.close();
  }

  private List<CompletableFuture<Boolean>> submit(int count) {
    var futures = new ArrayList<CompletableFuture<Boolean>>();
    for (int i = 0; i < count; i++) {
      futures.add(commits.submit(i));
    }
    return futures;
  }

  @Test
  void aBadRowFailsAloneAndItsNeighboursAreWritten() throws Exception {
    var futures = submit(50);
    commits.start();
    gate.countDown();
    for (int i = 0; i < 50; i++) {
      if (i == 13) {
        assertThatThrownBy(() -> futures.get(13).get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(EngineProblem.Database.class);
      } else {
        assertThat(futures.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i != 7);
      }
    }
  }

  @Test
  void aBatchIsWrittenAgainWhenTheDatabaseIsBack() throws Exception {
    broken.set(3);
    var futures = submit(5);
    commits.start();
    gate.countDown();
    for (var future : futures) {
      assertThat(future.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(flushes).hasSize(4).allMatch(batch -> batch.size() == 5);
  }

  @Test
  void whatWasHandedOverBeforeTheCloseIsWritten() throws Exception {
    var futures = submit(5);
    commits.start();
    gate.countDown();
    commits.close();
    assertThat(futures).allMatch(CompletableFuture::isDone);
    for (var future : futures) {
      assertThat(future.get()).isTrue();
    }
    assertThat(commits.submit(1).get()).isFalse();
  }
}
