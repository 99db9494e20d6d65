package io.sluice.guard.model;

import io.sluice.guard.BreakerConfig;
import io.sluice.guard.RateLimit;
import io.sluice.platform.Problem.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a configuration may say.
public final class ConfigRules {
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private ConfigRules() {}

  /// Whether a service may have that name.
  public static boolean isService(String name) {
    return SERVICE.matcher(name).matches();
  }

  /// Everything that is wrong; empty: it can be used.
  public static List<Fault> faults(BreakerConfig config) {
    var out = new ArrayList<Fault>();
    rate(out, "failureRateThreshold", config.failureRateThreshold());
    rate(out, "slowCallRateThreshold", config.slowCallRateThreshold());
    time(out, "slowCallDuration", config.slowCallDuration(), MILLI, HOUR);
    time(out, "windowSize", config.windowSize(), SECOND, HOUR);
    number(out, "minimumCalls", config.minimumCalls(), 1, 1_000_000);
    // Every node knows of an opening within a second, so that none takes it for closed when trials
    // begin.
    time(out, "waitDurationInOpen", config.waitDurationInOpen(), SECOND, DAY);
    if (!(config.waitGrowth() >= 1 && config.waitGrowth() <= 10)) {
      out.add(new Fault("/waitGrowth", "must be 1 to 10"));
    }
    time(out, "maxWaitDurationInOpen", config.maxWaitDurationInOpen(), SECOND, DAY);
    number(out, "permittedCallsInHalfOpen", config.permittedCallsInHalfOpen(), 1, 1_000);
    number(out, "rampPerSecond", config.rampPerSecond(), 0, 1_000_000);
    var limit = config.rateLimit();
    if (limit != null) {
      faults(limit).forEach(f -> out.add(new Fault("/rateLimit" + f.pointer(), f.detail())));
    }
    return out;
  }

  /// Everything that is wrong with a rate limit.
  public static List<Fault> faults(RateLimit limit) {
    var out = new ArrayList<Fault>();
    number(out, "requests", limit.requests(), 1, 1_000_000);
    time(out, "per", limit.per(), MILLI, DAY);
    number(out, "burst", limit.most(), 1, 1_000_000);
    return out;
  }

  private static void rate(List<Fault> out, String field, double value) {
    if (!(value > 0 && value <= 100)) {
      out.add(new Fault("/" + field, "is in per cent: above 0, at most 100"));
    }
  }

  private static void number(List<Fault> out, String field, int value, int least, int most) {
    if (value < least || value > most) {
      out.add(new Fault("/" + field, "must be " + least + " to " + most));
    }
  }

  private static void time(
      List<Fault> out, String field, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      out.add(new Fault("/" + field, "must be " + least + " to " + most));
    }
  }
}
