package io.sluice.providers.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  @Test
  void runsEachPieceOnceOnBoundedThreads() {
    try (var runs = new SideBySide(3, "test")) {
      var ran = new AtomicIntegerArray(500);
      var now = new AtomicInteger();
      var most = new AtomicInteger();
      runs.forEach(
          500,
          i -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            ran.incrementAndGet(i);
            now.decrementAndGet();
          });
      assertThat(most.get()).isBetween(1, 3);
      for (int i = 0; i < 500; i++) {
        assertThat(ran.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void throwsWhatAPieceThrew() {
    try (var runs = new SideBySide(2, "test")) {
      assertThatThrownBy(() ->
              runs.forEach(
                  50,
                  i -> {
                    if (i == 7) {
                      throw new IllegalArgumentException("seven");
                    }
                  }))
          .hasMessage("seven");
      runs.forEach(1, i -> {});
    }
  }

  /// A search's one text must not wait until a bulk load's helpers are free.
  @Test
  void smallCallerPassesBulkLoad() throws InterruptedException {
    try (var runs = new SideBySide(2, "test")) {
      var helperBusy = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      Thread bulk =
          Thread.ofPlatform()
              .start(() ->
                  runs.forEach(
                      2,
                      i -> {
                        if (i == 1) {
                          helperBusy.countDown();
                          await(release);
                        }
                      }));
      helperBusy.await();
      runs.forEach(3, i -> {});
      release.countDown();
      bulk.join();
    }
  }

  @Test
  void refusesWorkAfterClose() {
    var runs = new SideBySide(2, "test");
    runs.close();
    assertThatThrownBy(() -> runs.forEach(4, i -> {})).isInstanceOf(IllegalStateException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
