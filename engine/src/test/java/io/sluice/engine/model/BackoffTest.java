package io.sluice.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofSeconds(10);

  private static List<Long> seconds(RetryPolicy policy) {
    return IntStream.rangeClosed(1, 6)
        .mapToObj(n -> Backoff.ceiling(policy, n).toSeconds())
        .toList();
  }

  @Test
  void exponentialDoublesUpToTheCap() {
    assertThat(seconds(RetryPolicy.exponential(9, SECOND, CAP)))
        .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
  }

  @Test
  void linearGrowsByTheFirstDelayUpToTheCap() {
    assertThat(seconds(RetryPolicy.linear(9, SECOND.multipliedBy(3), CAP)))
        .containsExactly(3L, 6L, 9L, 10L, 10L, 10L);
  }

  @Test
  void fixedStaysAndNoneDoesNotWait() {
    assertThat(seconds(RetryPolicy.fixed(9, SECOND))).containsOnly(1L);
    assertThat(seconds(RetryPolicy.NONE)).containsOnly(0L);
  }

  @Test
  void aHugeNumberOfFailuresDoesNotOverflow() {
    var policy = RetryPolicy.exponential(10_000, SECOND, Duration.ofDays(1));
    assertThat(Backoff.ceiling(policy, 9_999)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void fullJitterIsDrawnEvenlyFromZeroToTheCeiling() {
    long seed = 20_260_101;
    var random = new Random(seed);
    var policy = RetryPolicy.exponential(9, SECOND, CAP);
    var drawn =
        IntStream.range(0, 4_000).mapToLong(_ -> Backoff.after(policy, 3, random).toMillis());
    var statistics = drawn.summaryStatistics();
    assertThat(statistics.getMin()).as("seed %d", seed).isBetween(0L, 100L);
    assertThat(statistics.getMax()).isBetween(3_900L, 4_000L);
    assertThat(statistics.getAverage()).isBetween(1_900.0, 2_100.0);
  }

  @Test
  void withoutJitterTheDelayIsTheCeiling() {
    var policy = RetryPolicy.exponential(9, SECOND, CAP).withoutJitter();
    assertThat(Backoff.after(policy, 3, new Random(1))).isEqualTo(Duration.ofSeconds(4));
  }
}
