package io.sluice.engine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.TransientFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

  @Test
  void aBodyThatTakesTooLongIsInterruptedAndFailsForThatReason() {
    try (var timeouts = new Timeouts()) {
      assertThatThrownBy(() ->
              timeouts.within(
                  Duration.ofMillis(30),
                  "slow",
                  () -> {
                    new CountDownLatch(1).await();
                    return "";
                  }))
          .isInstanceOfSatisfying(
              TransientFailure.class, e -> assertThat(e.code()).isEqualTo("STEP_TIMEOUT"));
    }
  }

  /// The alarm rings about when the body ends, over and over: no interrupt is left behind.
  @Test
  void noInterruptComesAfterTheEnd() throws Exception {
    try (var timeouts = new Timeouts()) {
      for (int i = 0; i < 2_000; i++) {
        long end = System.nanoTime() + 50_000;
        timeouts.within(
            Duration.ofNanos(50_000),
            "race",
            () -> {
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              return "";
            });
        assertThat(Thread.interrupted()).isFalse();
      }
    }
  }
}
