package io.sluice.guard.model;

import io.sluice.guard.BreakerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// When a breaker opens and closes, and for how long.
public final class BreakerRules {
  private static final int BUCKETS = 60;
  private static final int QUORUM = 2;

  private BreakerRules() {}

  /// Whether a closed breaker opens.
  ///
  /// @param nodes what each node that called has counted in the window
  public static BreakerVerdict judge(BreakerConfig config, List<Counts> nodes) {
    return judge(config, config.minimumCalls(), nodes);
  }

  /// As above, with another minimum of calls.
  public static BreakerVerdict judge(BreakerConfig config, int minimum, List<Counts> nodes) {
    var all = nodes.stream().reduce(Counts.NONE, Counts::plus);
    if (!config.enabled()) {
      return new BreakerVerdict.Keep("it is switched off");
    }
    if (all.calls() < minimum) {
      return new BreakerVerdict.Keep(
          "%d of %d calls that are needed to judge".formatted(all.calls(), minimum));
    }
    if (exceeds(nodes, all, Counts::failureRate, config.failureRateThreshold())) {
      return new BreakerVerdict.Open(text("failed", all.failureRate(), all.calls()));
    }
    if (exceeds(nodes, all, Counts::slowRate, config.slowCallRateThreshold())) {
      return new BreakerVerdict.Open(text("were slow", all.slowRate(), all.calls()));
    }
    return new BreakerVerdict.Keep("the rates are below their thresholds");
  }

  /// Over all nodes, and on a quorum of those that called: one sick node does not speak for all.
  private static boolean exceeds(
      List<Counts> nodes, Counts all, ToDoubleFunction<Counts> rate, double threshold) {
    long active = nodes.stream().filter(n -> n.calls() > 0).count();
    long sick =
        nodes.stream().filter(n -> n.calls() > 0 && rate.applyAsDouble(n) >= threshold).count();
    return rate.applyAsDouble(all) >= threshold && sick >= Math.min(QUORUM, active);
  }

  /// What becomes of a half-open breaker, as soon as it is certain.
  ///
  /// @param permitted how many trial calls there are
  /// @param ended those that have ended
  public static BreakerVerdict judgeTrial(BreakerConfig config, int permitted, Counts ended) {
    if (100.0 * ended.failed() >= config.failureRateThreshold() * permitted) {
      return new BreakerVerdict.Open(
          "%d of %d trial calls failed".formatted(ended.failed(), permitted));
    }
    if (100.0 * ended.slow() >= config.slowCallRateThreshold() * permitted) {
      return new BreakerVerdict.Open(
          "%d of %d trial calls were slow".formatted(ended.slow(), permitted));
    }
    if (ended.calls() >= permitted) {
      return new BreakerVerdict.Close("%d trial calls went well".formatted(permitted));
    }
    return new BreakerVerdict.Keep(
        "%d of %d trial calls ended".formatted(ended.calls(), permitted));
  }

  /// How often it has opened in a row, with the opening that comes now.
  ///
  /// @param before how often by the last time
  /// @param closedFor how long it has been closed since; null: it never was open
  public static int openings(BreakerConfig config, int before, @Nullable Duration closedFor) {
    boolean lasting = closedFor == null || closedFor.compareTo(wait(config, before)) > 0;
    return lasting ? 1 : before + 1;
  }

  /// How long the n-th opening in a row lasts.
  public static Duration wait(BreakerConfig config, int openings) {
    double factor = Math.pow(config.waitGrowth(), Math.max(0, openings - 1));
    double millis = config.waitDurationInOpen().toMillis() * factor;
    long cap = config.maxWaitDurationInOpen().toMillis();
    return Duration.ofMillis((long) Math.min(millis, cap));
  }

  /// How long it opens because a service asked for it.
  public static Duration pause(BreakerConfig config, Duration asked) {
    var cap = config.maxWaitDurationInOpen();
    return asked.compareTo(cap) < 0 ? asked : cap;
  }

  /// How much time is counted together: the window has some sixty parts, none below a second.
  public static Duration bucket(BreakerConfig config) {
    return Duration.ofSeconds(Math.max(1, config.windowSize().toSeconds() / BUCKETS));
  }

  private static String text(String how, double rate, long calls) {
    return String.format(Locale.ROOT, "%.0f %% of %d calls %s", rate, calls, how);
  }
}
