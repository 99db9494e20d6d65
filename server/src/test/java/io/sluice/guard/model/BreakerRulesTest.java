package io.sluice.guard.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.BreakerConfig;
import io.sluice.guard.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerRulesTest {
  private static final BreakerConfig CONFIG = BreakerConfig.DEFAULT;

  private static Counts node(long calls, long failed, long slow) {
    return new Counts(calls, failed, slow);
  }

  private static boolean opens(Counts... nodes) {
    return BreakerRules.judge(CONFIG, List.of(nodes)) instanceof BreakerVerdict.Open;
  }

  @Test
  void opensAtTheThresholdAndNotBelow() {
    assertThat(opens(node(10, 5, 0))).isTrue();
    assertThat(opens(node(10, 4, 0))).isFalse();
    assertThat(opens(node(9, 9, 0))).as("too few calls").isFalse();
    assertThat(opens()).isFalse();
    assertThat(opens(node(10, 0, 10))).as("all slow").isTrue();
    assertThat(opens(node(10, 0, 9))).isFalse();
  }

  @Test
  void oneSickNodeDoesNotSpeakForTwo() {
    assertThat(opens(node(100, 100, 0), node(3, 0, 0))).isFalse();
    assertThat(opens(node(100, 100, 0), node(3, 2, 0))).isTrue();
    assertThat(opens(node(100, 100, 0), node(0, 0, 0))).as("who does not call has no say").isTrue();
    assertThat(opens(node(50, 50, 0), node(50, 50, 0), node(10, 0, 0))).isTrue();
    assertThat(opens(node(50, 50, 0), node(50, 50, 0), node(500, 0, 0))).isFalse();
  }

  @Test
  void aTrialIsJudgedAsSoonAsItIsCertain() {
    assertThat(BreakerRules.judgeTrial(CONFIG, 3, node(2, 0, 0)))
        .isInstanceOf(BreakerVerdict.Keep.class);
    assertThat(BreakerRules.judgeTrial(CONFIG, 3, node(2, 2, 0)))
        .isInstanceOf(BreakerVerdict.Open.class);
    assertThat(BreakerRules.judgeTrial(CONFIG, 3, node(3, 1, 0)))
        .isInstanceOf(BreakerVerdict.Close.class);
    assertThat(BreakerRules.judgeTrial(CONFIG, 3, node(3, 0, 3)))
        .isInstanceOf(BreakerVerdict.Open.class);
  }

  @Test
  void staysOpenForLongerEachTimeThatSoonFollows() {
    assertThat(BreakerRules.wait(CONFIG, 1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(BreakerRules.wait(CONFIG, 2)).isEqualTo(Duration.ofSeconds(60));
    assertThat(BreakerRules.wait(CONFIG, 3)).isEqualTo(Duration.ofSeconds(120));
    assertThat(BreakerRules.wait(CONFIG, 60)).isEqualTo(Duration.ofMinutes(10));
    assertThat(BreakerRules.openings(CONFIG, 0, null)).isEqualTo(1);
    assertThat(BreakerRules.openings(CONFIG, 1, Duration.ofSeconds(10))).isEqualTo(2);
    assertThat(BreakerRules.openings(CONFIG, 1, Duration.ofSeconds(31))).isEqualTo(1);
    assertThat(BreakerRules.pause(CONFIG, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void callsComeBackInWaves() {
    var ramp = new Ramp(10);
    assertThat(ramp.admittedBy(Duration.ZERO)).isEqualTo(10);
    assertThat(ramp.admittedBy(Duration.ofMillis(1500))).isEqualTo(30);
    assertThat(ramp.admittedBy(Duration.ofSeconds(2))).isEqualTo(70);
    assertThat(ramp.over(Duration.ofSeconds(8))).isTrue();
    assertThat(ramp.turn(9)).isEqualTo(Duration.ZERO);
    assertThat(ramp.turn(10)).isEqualTo(Duration.ofSeconds(1));
    assertThat(ramp.turn(30)).isEqualTo(Duration.ofSeconds(2));
    assertThat(ramp.turn(1_000_000)).isEqualTo(Duration.ofSeconds(16));
    assertThat(new Ramp(0).turn(1_000_000)).isEqualTo(Duration.ZERO);
    assertThat(new Ramp(0).over(Duration.ZERO)).isTrue();
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    var now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(RetryAfter.read(" 120 ", now)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.read("Thu, 01 Jan 2026 00:01:00 GMT", now))
        .contains(Duration.ofMinutes(1));
    assertThat(RetryAfter.read("Wed, 31 Dec 2025 00:01:00 GMT", now)).isEmpty();
    assertThat(RetryAfter.read("0", now)).isEmpty();
    assertThat(RetryAfter.read("soon", now)).isEmpty();
    assertThat(RetryAfter.read("-1", now)).isEmpty();
  }

  @Test
  void ratesAreReservedInSmallBatches() {
    assertThat(RateRules.batch(new RateLimit(1, Duration.ofSeconds(1), null))).isEqualTo(1);
    assertThat(RateRules.batch(new RateLimit(100, Duration.ofSeconds(1), null))).isEqualTo(20);
    assertThat(RateRules.batch(new RateLimit(100, Duration.ofSeconds(1), 5))).isEqualTo(5);
    assertThat(RateRules.batch(new RateLimit(1_000_000, Duration.ofSeconds(1), null)))
        .isEqualTo(200);
    assertThat(RateRules.interval(new RateLimit(3, Duration.ofSeconds(2), null)))
        .isEqualTo(Duration.ofNanos(666_667_000));
  }

  @Test
  void everyFaultOfAConfigurationIsNamed() {
    assertThat(ConfigRules.faults(CONFIG)).isEmpty();
    var bad =
        new BreakerConfig(
            true,
            0,
            101,
            Duration.ZERO,
            Duration.ofDays(1),
            0,
            Duration.ZERO,
            0.5,
            Duration.ofDays(2),
            0,
            true,
            -1,
            new RateLimit(0, Duration.ZERO, 0));
    assertThat(ConfigRules.faults(bad)).hasSize(13);
  }
}
