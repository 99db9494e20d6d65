package io.sluice.guard.work;

import io.sluice.engine.IdSource;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.Key;
import io.sluice.guard.store.PermitStore;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// All breakers as one node knows them. What it knows is a second old at most, as long as the
/// database answers; when it does not, calls go by what was known last.
final class Board {
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  /// Less than a breaker stays open at least: none that is half-open is taken for closed.
  private static final Duration FRESH = Duration.ofMillis(900);

  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final int TURNS_BETWEEN_PRUNES = 300;
  private static final int TURNS_BETWEEN_LOOKS = 10;

  private final Stores stores;
  private final Moves moves;
  private final SharedClock clock;
  private final UUID node;
  private final ConcurrentHashMap<Key, Circuit> circuits = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Key, Object> asking = new ConcurrentHashMap<>();
  private List<Breaker> watched = List.of();
  private long turns;

  /// The stores that it works on.
  record Stores(BreakerStore breakers, WindowStore windows, PermitStore permits, RateStore rates) {}

  Board(Stores stores, Moves moves, SharedClock clock, IdSource ids) {
    this.stores = stores;
    this.moves = moves;
    this.clock = clock;
    this.node = ids.next();
  }

  /// This node's id.
  UUID node() {
    return node;
  }

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

  /// Reads a breaker; makes it, where there is none.
  void refresh(Circuit circuit) {
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

  /// Ends the wait of a breaker, if it is over.
  void endWait(Circuit circuit) {
    quietly(
        "ending a breaker's wait",
        () -> {
          refresh(circuit);
          act(circuit);
        });
  }

  /// Judges a breaker by the counts of all, now, and not in a second.
  void judge(Circuit circuit) {
    quietly(
        "judging a breaker",
        () -> {
          write(circuit.drain());
          refresh(circuit);
          act(circuit);
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
    asking.remove(key);
  }

  /// What guards a call must not fail it: without the database the node's own breaker is left.
  static void quietly(String doing, Runnable work) {
    quietly(
        doing,
        () -> {
          work.run();
          return true;
        });
  }

  static boolean quietly(String doing, BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{} failed: {}", doing, e.getMessage());
      return false;
    }
  }
}
