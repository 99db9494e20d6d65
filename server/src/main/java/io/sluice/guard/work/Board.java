package io.sluice.guard.work;

import io.sluice.engine.IdSource;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.NotNow;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.Key;
import io.sluice.guard.store.PermitStore;
import io.sluice.guard.store.PermitStore.Trial;
import io.sluice.guard.store.RateStore;
import io.sluice.guard.store.WindowStore;
import io.sluice.guard.store.WindowStore.Delta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// All breakers as one node knows them. What it knows is a second old at most, as long as the
/// database answers; when it does not, calls go by what was known last.
final class Board {
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final Duration PERMIT_MARGIN = Duration.ofSeconds(5);
  private static final int TURNS_BETWEEN_PRUNES = 300;
  private static final int TURNS_BETWEEN_LOOKS = 10;

  private final Stores stores;
  private final Moves moves;
  private final SharedClock clock;
  private final IdSource ids;
  private final UUID node;
  private final ConcurrentHashMap<Key, Circuit> circuits = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Key, Object> asking = new ConcurrentHashMap<>();
  private List<Breaker> watched = List.of();
  private long turns;

  /// The stores that it works on.
  record Stores(
      BreakerStore breakers, WindowStore windows, PermitStore permits, RateStore rates) {}

  Board(Stores stores, Moves moves, SharedClock clock, IdSource ids) {
    this.stores = stores;
    this.moves = moves;
    this.clock = clock;
    this.ids = ids;
    this.node = ids.next();
  }

  /// The right to one call.
  ///
  /// @param claim of its permit; null: it needs none
  record Ticket(Circuit circuit, @Nullable Breaker trial, @Nullable UUID claim) {}

  /// The breaker of a service; made with the first call.
  Circuit circuit(Key key) {
    var circuit = circuits.computeIfAbsent(key, k -> new Circuit(k, clock.instant()));
    refreshIfOld(circuit);
    return circuit;
  }

  private void refreshIfOld(Circuit circuit) {
    if (isFresh(circuit)) {
      return;
    }
    synchronized (asking.computeIfAbsent(circuit.key(), _ -> new Object())) {
      if (!isFresh(circuit)) {
        quietly("reading a breaker", () -> refresh(circuit));
      }
    }
  }

  private boolean isFresh(Circuit circuit) {
    var read = circuit.shared();
    return read != null && read.readAt().plus(FRESH).isAfter(clock.instant());
  }

  private void refresh(Circuit circuit) {
    var found = stores.breakers().find(circuit.key());
    if (found.isEmpty()) {
      stores.breakers().create(circuit.key(), BreakerConfig.DEFAULT);
      found = stores.breakers().find(circuit.key());
    }
    found.ifPresent(read -> {
      clock.told(read.readAt());
      circuit.learn(read);
    });
  }

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
      case Gate.Due _ -> throw notNow(circuit, new Gate.Wait("is open", clock.instant().plus(FRESH)));
      case Gate.Wait wait -> throw notNow(circuit, wait);
      case Gate.Trial trial -> permitted(circuit, trial, timeout);
    };
  }

  private Gate settled(Circuit circuit, boolean take) {
    var gate = circuit.gate(clock.instant(), take);
    if (!(gate instanceof Gate.Due)) {
      return gate;
    }
    quietly("ending a breaker's wait", () -> {
      refresh(circuit);
      act(circuit);
    });
    return circuit.gate(clock.instant(), take);
  }

  private Ticket permitted(Circuit circuit, Gate.Trial trial, Duration timeout) {
    var read = circuit.shared();
    var claim = ids.next();
    var ttl = timeout.plus(PERMIT_MARGIN);
    var wanted = new Trial(circuit.key(), trial.generation());
    if (read != null
        && read.generation() == trial.generation()
        && quietly("taking a permit", () -> stores.permits().take(wanted, claim, node, ttl))) {
      return new Ticket(circuit, read, claim);
    }
    quietly("reading a breaker", () -> refresh(circuit));
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
    quietly("ending a trial call", () -> {
      if (outcome == null) {
        stores.permits().giveBack(new Trial(circuit.key(), trial.generation()), claim);
      } else if (moves.endTrial(trial, claim, outcome)) {
        refresh(circuit);
      }
    });
  }

  /// By what this node has seen the breaker should open: all are asked now, and not in a second.
  private void suspect(Circuit circuit) {
    if (!circuit.beginJudging()) {
      return;
    }
    try {
      quietly("judging a breaker", () -> {
        write(circuit.drain());
        refresh(circuit);
        act(circuit);
      });
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
    quietly("pausing calls to a service", () -> {
      var read = circuit.shared();
      if (read != null && read.config().enabled() && moves.pause(read, asked)) {
        refresh(circuit);
      }
    });
  }

  /// Makes the move that is due, if one is.
  private void act(Circuit circuit) {
    var read = circuit.shared();
    if (read != null && moves.makeDue(read)) {
      refresh(circuit);
    }
  }

  /// Once a second: writes what was counted, reads what all have, makes what is due.
  void turn() {
    flush();
    turns++;
    if (!circuits.isEmpty() || !watched.isEmpty() || turns % TURNS_BETWEEN_LOOKS == 1) {
      watch();
    }
    if (turns % TURNS_BETWEEN_PRUNES == 0) {
      stores.windows().prune();
      stores.rates().prune();
    }
  }

  /// Writes what was counted.
  void flush() {
    var deltas = new ArrayList<Delta>();
    circuits.values().forEach(c -> deltas.addAll(c.drain()));
    write(deltas);
  }

  private void write(List<Delta> deltas) {
    if (deltas.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      stores.windows().add(node, deltas);
      written = true;
    } finally {
      if (!written) {
        deltas.forEach(d -> {
          var circuit = circuits.get(d.key());
          if (circuit != null) {
            circuit.restore(d);
          }
        });
      }
    }
  }

  private void watch() {
    var known = List.copyOf(circuits.keySet());
    var read = stores.breakers().watched(known);
    for (var breaker : read) {
      clock.told(breaker.readAt());
      var circuit = circuits.get(breaker.key());
      if (circuit != null) {
        circuit.learn(breaker);
        act(circuit);
      } else {
        moves.makeDue(breaker);
      }
    }
    forget(known, read, clock.instant().minus(FORGOTTEN));
    watched = read;
  }

  /// Lets go of what nobody calls, and of what was removed.
  private void forget(List<Key> known, List<Breaker> read, Instant border) {
    var there = read.stream().map(Breaker::key).collect(Collectors.toSet());
    for (var key : known) {
      var circuit = circuits.get(key);
      if (circuit != null
          && ((circuit.shared() != null && !there.contains(key)) || circuit.idleSince(border))) {
        circuits.remove(key, circuit);
        asking.remove(key);
      }
    }
  }

  /// What was read the last time, for meters.
  List<Breaker> watched() {
    return watched;
  }

  /// Learns of a change that was just made here.
  void changed(Key key) {
    var circuit = circuits.get(key);
    if (circuit != null) {
      quietly("reading a breaker", () -> refresh(circuit));
    }
  }

  /// Forgets a breaker that was removed here.
  void removed(Key key) {
    circuits.remove(key);
  }

  /// What guards a call must not fail it: without the database the node's own breaker is left.
  private static void quietly(String doing, Runnable work) {
    quietly(doing, () -> {
      work.run();
      return true;
    });
  }

  private static boolean quietly(String doing, BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{} failed: {}", doing, e.getMessage());
      return false;
    }
  }
}
