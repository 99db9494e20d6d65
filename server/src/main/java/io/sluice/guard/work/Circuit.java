package io.sluice.guard.work;

import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.model.BreakerRules;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.model.Counts;
import io.sluice.guard.model.Ramp;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.Key;
import io.sluice.guard.store.WindowStore.Delta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A breaker as this node knows it: what all nodes share, as last read; what this node has counted
/// and not yet written; and the node's own breaker, which protects it in between, and alone when it
/// alone is sick. Thread-safe.
final class Circuit {
  private static final Duration BRIEFLY = Duration.ofSeconds(1);

  private final Key key;
  private final TreeMap<Instant, Counts> pending = new TreeMap<>();
  private final OwnBreaker own = new OwnBreaker();
  private final AtomicBoolean judging = new AtomicBoolean();
  private @Nullable Breaker shared;
  private Instant noPermitUntil = Instant.MIN;
  private Instant usedAt;
  private long returned;
  private long told;
  private long toldInWave = -1;

  Circuit(Key key, Instant now) {
    this.key = key;
    this.usedAt = now;
  }

  Key key() {
    return key;
  }

  /// As last read; null: the database could not be asked yet.
  synchronized @Nullable Breaker shared() {
    return shared;
  }

  synchronized BreakerConfig config() {
    return shared == null ? BreakerConfig.DEFAULT : shared.config();
  }

  /// Takes what was read, unless something newer is known.
  synchronized void learn(Breaker read) {
    var known = shared;
    if (known != null && known.id().equals(read.id()) && known.readAt().isAfter(read.readAt())) {
      return;
    }
    boolean changed = known == null || known.generation() != read.generation();
    shared = read;
    if (changed) {
      own.clear();
      noPermitUntil = Instant.MIN;
      returned = 0;
      told = 0;
    }
  }

  /// What is said to a call.
  ///
  /// @param take whether the call is made if it may: else it is only a look
  synchronized Gate gate(Instant now, boolean take) {
    usedAt = now;
    var read = shared;
    if (read == null || !read.config().enabled()) {
      return new Gate.Pass();
    }
    return switch (read.state()) {
      case CLOSED -> closed(read, now, take);
      case OPEN -> open(read, now);
      case HALF_OPEN -> halfOpen(read, now);
    };
  }

  private Gate open(Breaker read, Instant now) {
    var until = read.openUntil();
    if (until == null || !now.isBefore(until)) {
      return new Gate.Due();
    }
    return new Gate.Wait("is open: " + read.reason(), until.plus(ramp(read).turn(told++)));
  }

  private Gate halfOpen(Breaker read, Instant now) {
    if (now.isBefore(noPermitUntil)) {
      return new Gate.Wait("is half-open", now.plus(BRIEFLY).plus(ramp(read).turn(told++)));
    }
    return new Gate.Trial(read.generation());
  }

  private Gate closed(Breaker read, Instant now, boolean take) {
    var ownUntil = own.openUntil(now);
    if (ownUntil != null) {
      return new Gate.Wait("is open on this node", ownUntil);
    }
    if (read.closedAt() != null) {
      var wait = inRamp(read, Duration.between(read.closedAt(), now), take);
      if (wait != null) {
        return new Gate.Wait("lets calls back in waves", read.closedAt().plus(wait));
      }
    }
    return new Gate.Pass();
  }

  /// Null: it may come now.
  private @Nullable Duration inRamp(Breaker read, Duration since, boolean take) {
    var ramp = ramp(read);
    if (ramp.over(since)) {
      return null;
    }
    if (toldInWave != since.toSeconds()) {
      toldInWave = since.toSeconds();
      told = 0;
    }
    if (returned < Math.max(1, ramp.admittedBy(since))) {
      returned += take ? 1 : 0;
      return null;
    }
    var turn = ramp.turn(returned + told++);
    var next = Duration.ofSeconds(since.toSeconds() + 1);
    return turn.compareTo(next) > 0 ? turn : next;
  }

  /// This node's share.
  private static Ramp ramp(Breaker read) {
    return new Ramp((double) read.config().rampPerSecond() / Math.max(1, read.callers()));
  }

  /// No permit was free: for a moment nobody on this node asks again.
  synchronized Gate.Wait noPermit(Instant now) {
    noPermitUntil = now.plusMillis(100);
    var ramp = shared == null ? new Ramp(0) : ramp(shared);
    return new Gate.Wait("is half-open", now.plus(BRIEFLY).plus(ramp.turn(told++)));
  }

  /// Counts a call.
  ///
  /// @return whether by what this node has seen the breaker should open
  synchronized boolean count(CallOutcome outcome, Instant now) {
    var counts = Counts.of(outcome);
    var start = bucket(now);
    pending.merge(start, counts, Counts::plus);
    return isClosed() && own.count(counts, start, config(), now);
  }

  /// As far as is known.
  private boolean isClosed() {
    return shared == null || shared.state() == BreakerState.CLOSED;
  }

  private Instant bucket(Instant now) {
    long width = BreakerRules.bucket(config()).toSeconds();
    var start = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), width) * width);
    var from = shared == null ? start : shared.countsFrom();
    return start.isBefore(from) ? from : start;
  }

  /// Opens the node's own breaker, where all nodes together have not opened theirs.
  ///
  /// @return whether it was not open yet
  synchronized boolean openOwn(Instant now) {
    return isClosed() && own.open(config(), now);
  }

  /// One thread at a time asks all nodes.
  ///
  /// @return false: another does
  boolean beginJudging() {
    return judging.compareAndSet(false, true);
  }

  void endJudging() {
    judging.set(false);
  }

  /// Takes out what is to be written.
  synchronized List<Delta> drain() {
    var out = new ArrayList<Delta>();
    pending.forEach((start, counts) -> out.add(new Delta(key, start, counts)));
    pending.clear();
    return out;
  }

  /// Puts back what could not be written.
  synchronized void restore(Delta delta) {
    pending.merge(delta.bucket(), delta.counts(), Counts::plus);
  }

  /// Whether nobody has asked since then and nothing is to be written.
  synchronized boolean idleSince(Instant border) {
    return usedAt.isBefore(border) && pending.isEmpty();
  }
}
