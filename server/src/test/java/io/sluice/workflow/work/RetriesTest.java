package io.sluice.workflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.workflow.model.Retry;
import io.sluice.workflow.model.Retry.Strategy;
import io.sluice.workflow.steps.StepFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");
  private static final Retries.Facts FACTS = new Retries.Facts(Instant.EPOCH, RANDOM);

  private static Retry policy(Strategy strategy, boolean jitter, List<String> on) {
    return new Retry(strategy, 50, Duration.ofSeconds(2), Duration.ofSeconds(20), jitter, null, on);
  }

  private static List<Long> delays(Strategy strategy) {
    var policy = policy(strategy, false, List.of());
    return IntStream.rangeClosed(1, 5)
        .mapToObj(n -> Retries.delay(policy, n, RANDOM).toSeconds())
        .toList();
  }

  @Test
  void delaysGrowAsTheStrategySaysUpToTheLongest() {
    assertThat(delays(Strategy.EXPONENTIAL)).containsExactly(2L, 4L, 8L, 16L, 20L);
    assertThat(delays(Strategy.LINEAR)).containsExactly(2L, 4L, 6L, 8L, 10L);
    assertThat(delays(Strategy.FIXED)).containsExactly(2L, 2L, 2L, 2L, 2L);
    assertThat(
            Retries.delay(policy(Strategy.EXPONENTIAL, false, List.of()), 9_000, RANDOM)
                .toSeconds())
        .isEqualTo(20);
  }

  @Test
  void jitterDrawsFromNothingToTheFullDelay() {
    var policy = policy(Strategy.FIXED, true, List.of());
    var drawn = IntStream.range(0, 500).mapToObj(_ -> Retries.delay(policy, 1, RANDOM)).toList();
    assertThat(drawn)
        .allMatch(d -> !d.isNegative() && d.compareTo(Duration.ofSeconds(2)) <= 0)
        .anyMatch(d -> d.toMillis() < 500)
        .anyMatch(d -> d.toMillis() > 1500);
  }

  @Test
  void theLastAttemptIsFollowedByNone() {
    var failure = StepFailure.passing("BUSY", "busy", null);
    var policy = policy(Strategy.FIXED, false, List.of());
    assertThat(Retries.next(policy, failure, 49, FACTS)).contains(Duration.ofSeconds(2));
    assertThat(Retries.next(policy, failure, 50, FACTS)).isEmpty();
    assertThat(Retries.next(null, failure, 1, FACTS)).isEmpty();
    assertThat(Retries.next(policy(Strategy.NONE, false, List.of()), failure, 1, FACTS)).isEmpty();
  }

  @Test
  void codesAndStatusesNameWhatIsTriedAgain() {
    var policy = policy(Strategy.FIXED, false, List.of("CONNECT_FAILED", "404", "5xx"));
    assertThat(Retries.next(policy, StepFailure.passing("OTHER", "", null), 1, FACTS)).isEmpty();
    assertThat(Retries.next(policy, StepFailure.lasting("CONNECT_FAILED", ""), 1, FACTS))
        .isPresent();
    assertThat(Retries.next(policy, answered(404), 1, FACTS)).isPresent();
    assertThat(Retries.next(policy, answered(503), 1, FACTS)).isPresent();
    assertThat(Retries.next(policy, answered(429), 1, FACTS)).isEmpty();
  }

  private static StepFailure answered(int status) {
    return StepFailure.answered(
        "UNEXPECTED_STATUS", "", true, new StepFailure.Details(status, null, null));
  }
}
