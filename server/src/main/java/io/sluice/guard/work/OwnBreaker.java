package io.sluice.guard.work;

import io.sluice.guard.BreakerConfig;
import io.sluice.guard.model.BreakerRules;
import io.sluice.guard.model.BreakerVerdict;
import io.sluice.guard.model.Counts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node's own breaker: it protects the node until all nodes have agreed, and alone when the node
/// alone is sick. Not thread-safe: its [Circuit] sees to that.
final class OwnBreaker {
  private final ArrayDeque<Part> window = new ArrayDeque<>();
  private @Nullable Instant openUntil;
  private boolean trial;

  /// What was counted in one part of the window.
  private record Part(Instant start, Counts counts) {}

  /// Begins anew: all nodes have agreed on something.
  void clear() {
    window.clear();
    openUntil = null;
    trial = false;
  }

  /// Until when it is open; null: it is not.
  @Nullable Instant openUntil(Instant now) {
    if (openUntil != null && !now.isBefore(openUntil)) {
      openUntil = null;
    }
    return openUntil;
  }

  /// Counts a call.
  ///
  /// @param start of the part of the window that it belongs to
  /// @return whether it should open
  boolean count(Counts call, Instant start, BreakerConfig config, Instant now) {
    if (openUntil != null) {
      return false;
    }
    var last = window.peekLast();
    boolean same = last != null && last.start().equals(start);
    var counts = same && last != null ? call.plus(last.counts()) : call;
    if (same) {
      window.removeLast();
    }
    window.addLast(new Part(start, counts));
    return judge(config, now) instanceof BreakerVerdict.Open;
  }

  /// After it was open, fewer calls are enough to judge it again.
  private BreakerVerdict judge(BreakerConfig config, Instant now) {
    var border = now.minus(config.windowSize());
    while (!window.isEmpty() && !window.getFirst().start().isAfter(border)) {
      window.removeFirst();
    }
    var sum = window.stream().map(Part::counts).reduce(Counts.NONE, Counts::plus);
    int trials = Math.min(config.permittedCallsInHalfOpen(), config.minimumCalls());
    var verdict = BreakerRules.judge(config, trial ? trials : config.minimumCalls(), List.of(sum));
    if (sum.calls() >= trials && verdict instanceof BreakerVerdict.Keep) {
      trial = false;
    }
    return verdict;
  }

  /// Opens.
  ///
  /// @return false: it is open
  boolean open(BreakerConfig config, Instant now) {
    if (openUntil != null) {
      return false;
    }
    openUntil = now.plus(config.waitDurationInOpen());
    trial = true;
    window.clear();
    return true;
  }
}
