package io.sluice.guard.work;

import io.sluice.engine.JobEvent;
import io.sluice.engine.Operations;
import io.sluice.engine.Tx;
import io.sluice.guard.BreakerState;
import io.sluice.guard.model.BreakerMove;
import io.sluice.guard.model.BreakerRules;
import io.sluice.guard.model.BreakerVerdict;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.BreakerStore.Leaving;
import io.sluice.guard.store.ChangeStore;
import io.sluice.guard.store.PermitStore;
import io.sluice.guard.store.PermitStore.Trial;
import io.sluice.platform.SpringTx;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The moves of breakers. Each is a compare-and-set: of all nodes that want it one makes it, and
/// tells it in the same transaction.
@Component
class Moves {
  private static final String TYPE = "circuit_breaker";

  /// Who makes the moves that nobody asks for.
  private static final String GUARD = "guard";

  private final BreakerStore breakers;
  private final PermitStore permits;
  private final ChangeStore changes;
  private final Operations operations;
  private final SpringTx transactions;

  Moves(
      BreakerStore breakers,
      PermitStore permits,
      ChangeStore changes,
      Operations operations,
      SpringTx transactions) {
    this.breakers = breakers;
    this.permits = permits;
    this.changes = changes;
    this.operations = operations;
    this.transactions = transactions;
  }

  /// Makes the move that is due, if one is: judges a closed breaker's window, ends an open one's
  /// wait.
  ///
  /// @return whether one was due: the breaker is not any more what was read, by this node or
  ///   another
  boolean makeDue(Breaker read) {
    return switch (read.state()) {
      case CLOSED ->
          switch (BreakerRules.judge(read.config(), read.nodes())) {
            case BreakerVerdict.Open open -> {
              trip(read, open.reason());
              yield true;
            }
            case BreakerVerdict.Keep _, BreakerVerdict.Close _ -> false;
          };
      case OPEN -> {
        boolean due = read.openUntil() != null && !read.readAt().isBefore(read.openUntil());
        if (due) {
          probe(read);
        }
        yield due;
      }
      case HALF_OPEN -> false;
    };
  }

  private void trip(Breaker read, String reason) {
    transactions.in(tx -> open(tx, read, BreakerMove.TRIP, failing(read, reason)));
  }

  /// Opens because the service asked for a pause; an open one only for longer.
  boolean pause(Breaker read, Duration asked) {
    var span = BreakerRules.pause(read.config(), asked);
    if (read.state() == BreakerState.OPEN) {
      return breakers.extend(read.key(), span);
    }
    var reason = "the service asked for a pause of " + span;
    // A pause that a service asks for is no failure: the next opening is no longer for it.
    return transactions.in(
        tx -> open(tx, read, BreakerMove.PAUSE, leaving(read, reason, read.openings(), span)));
  }

  private boolean open(Tx tx, Breaker read, BreakerMove move, Leaving leaving) {
    if (!breakers.open(leaving)) {
      return false;
    }
    permits.clear(read.key());
    tell(tx, read, move, leaving.reason(), GUARD);
    return true;
  }

  /// For longer each time that soon follows another.
  private static Leaving failing(Breaker read, String reason) {
    var closedFor =
        read.closedAt() == null ? null : Duration.between(read.closedAt(), read.readAt());
    int openings =
        read.state() == BreakerState.HALF_OPEN
            ? read.openings() + 1
            : BreakerRules.openings(read.config(), read.openings(), closedFor);
    return leaving(read, reason, openings, BreakerRules.wait(read.config(), openings));
  }

  private static Leaving leaving(Breaker read, String reason, int openings, Duration span) {
    return new Leaving(read.key(), read.generation(), reason, openings, span, read.nodes().size());
  }

  private void probe(Breaker read) {
    var reason = "the wait is over";
    transactions.in(tx -> {
      if (!breakers.probe(read.key(), read.generation(), reason)) {
        return false;
      }
      permits.clear(read.key());
      permits.make(
          new Trial(read.key(), read.generation() + 1), read.config().permittedCallsInHalfOpen());
      tell(tx, read, BreakerMove.PROBE, reason, GUARD);
      return true;
    });
  }

  /// Records how a trial call went, and makes the move that follows from it.
  ///
  /// @return whether a move was made
  boolean endTrial(Breaker read, UUID claim, CallOutcome outcome) {
    var trial = new Trial(read.key(), read.generation());
    return transactions.in(tx -> {
      if (!breakers.hold(read.key(), read.generation()) || !permits.end(trial, claim, outcome)) {
        return false;
      }
      var standing = permits.standing(trial);
      int permitted = standing.permits().permitted();
      return switch (BreakerRules.judgeTrial(read.config(), permitted, standing.ended())) {
        case BreakerVerdict.Keep _ -> false;
        case BreakerVerdict.Close close -> recover(tx, read, close.reason());
        case BreakerVerdict.Open open ->
            open(tx, read, BreakerMove.RELAPSE, failing(read, open.reason()));
      };
    });
  }

  private boolean recover(Tx tx, Breaker read, String reason) {
    boolean moved = breakers.recover(read.key(), read.generation(), reason);
    if (moved) {
      permits.clear(read.key());
      tell(tx, read, BreakerMove.RECOVER, reason, GUARD);
    }
    return moved;
  }

  /// Closes it because somebody says so.
  boolean reset(Breaker read, String who) {
    var reason = "reset by " + who;
    return transactions.in(tx -> {
      if (!breakers.reset(read.key(), read.generation(), reason)) {
        return false;
      }
      permits.clear(read.key());
      tell(tx, read, BreakerMove.RESET, reason, who);
      return true;
    });
  }

  private void tell(Tx tx, Breaker read, BreakerMove move, String reason, String who) {
    tell(
        tx,
        read,
        new ChangeStore.Line(read.key(), move.code(), read.state(), move.to(), reason, who));
  }

  /// Tells a change, in the transaction that makes it.
  void tell(Tx tx, Breaker read, ChangeStore.Line line) {
    changes.add(line);
    var severity = line.to() == BreakerState.OPEN ? JobEvent.Severity.WARN : JobEvent.Severity.INFO;
    var payload =
        Map.of(
            "service", line.key().service(),
            "from", line.from().name(),
            "to", line.to().name(),
            "reason", line.reason(),
            "who", line.who());
    operations.publish(
        tx, line.key().tenant(), new JobEvent(TYPE, severity, line.code(), read.id(), payload));
  }
}
