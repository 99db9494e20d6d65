package io.sluice.guard.work;

import io.sluice.engine.IdSource;
import io.sluice.guard.NotNow;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.PermitStore;
import io.sluice.guard.store.PermitStore.Trial;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets calls in through a breaker, and counts them as they leave.
final class Turnstile {
  private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);
  private static final Duration PERMIT_MARGIN = Duration.ofSeconds(5);
  private static final Duration SHORTLY = Duration.ofSeconds(1);

  private final Board board;
  private final PermitStore permits;
  private final Moves moves;
  private final SharedClock clock;
  private final IdSource ids;

  Turnstile(Board board, PermitStore permits, Moves moves, SharedClock clock, IdSource ids) {
    this.board = board;
    this.permits = permits;
    this.moves = moves;
    this.clock = clock;
    this.ids = ids;
  }

  /// The right to one call.
  ///
  /// @param claim of its permit; null: it needs none
  record Ticket(Circuit circuit, @Nullable Breaker trial, @Nullable UUID claim) {}

  /// What a breaker says to a call, without taking anything.
  Gate look(Circuit circuit) {
    return settled(circuit, false);
  }

  /// Lets a call in.
  ///
  /// @param timeout of the call
  /// @throws NotNow.CircuitOpen if it has to wait
  Ticket enter(Circuit circuit, Duration timeout) {
    return switch (settled(circuit, true)) {
      case Gate.Pass _ -> new Ticket(circuit, null, null);
      case Gate.Due _ ->
          throw notNow(circuit, new Gate.Wait("is open", clock.instant().plus(SHORTLY)));
      case Gate.Wait wait -> throw notNow(circuit, wait);
      case Gate.Trial trial -> permitted(circuit, trial, timeout);
    };
  }

  private Gate settled(Circuit circuit, boolean take) {
    var gate = circuit.gate(clock.instant(), take);
    if (!(gate instanceof Gate.Due)) {
      return gate;
    }
    board.endWait(circuit);
    return circuit.gate(clock.instant(), take);
  }

  private Ticket permitted(Circuit circuit, Gate.Trial trial, Duration timeout) {
    var read = circuit.shared();
    var claim = ids.next();
    var ttl = timeout.plus(PERMIT_MARGIN);
    var wanted = new Trial(circuit.key(), trial.generation());
    if (read != null
        && read.generation() == trial.generation()
        && Board.quietly("taking a permit", () -> permits.take(wanted, claim, board.node(), ttl))) {
      return new Ticket(circuit, read, claim);
    }
    Board.quietly("reading a breaker", () -> board.refresh(circuit));
    throw notNow(circuit, circuit.noPermit(clock.instant()));
  }

  NotNow.CircuitOpen notNow(Circuit circuit, Gate.Wait wait) {
    return new NotNow.CircuitOpen(
        circuit.key().service(),
        wait.how(),
        wait.until(),
        Duration.between(clock.instant(), wait.until()));
  }

  /// A call has ended.
  ///
  /// @param outcome null: it was not made, or tells nothing of the service
  void leave(Ticket ticket, @Nullable CallOutcome outcome) {
    var circuit = ticket.circuit();
    if (ticket.trial() == null || ticket.claim() == null) {
      if (outcome != null && circuit.count(outcome, clock.instant())) {
        suspect(circuit);
      }
      return;
    }
    var trial = ticket.trial();
    var claim = ticket.claim();
    Board.quietly(
        "ending a trial call",
        () -> {
          if (outcome == null) {
            permits.giveBack(new Trial(circuit.key(), trial.generation()), claim);
          } else if (moves.endTrial(trial, claim, outcome)) {
            board.refresh(circuit);
          }
        });
  }

  /// By what this node has seen the breaker should open: all are asked now, and not in a second.
  private void suspect(Circuit circuit) {
    if (!circuit.beginJudging()) {
      return;
    }
    try {
      board.judge(circuit);
      openOwn(circuit);
    } finally {
      circuit.endJudging();
    }
  }

  private void openOwn(Circuit circuit) {
    if (circuit.openOwn(clock.instant())) {
      LOG.warn(
          "calls to {} fail on this node, though not on all: its own breaker opens",
          circuit.key().service());
    }
  }

  /// The service asked for a pause.
  void pause(Circuit circuit, Duration asked) {
    Board.quietly(
        "pausing calls to a service",
        () -> {
          var read = circuit.shared();
          if (read != null && read.config().enabled() && moves.pause(read, asked)) {
            board.refresh(circuit);
          }
        });
  }
}
