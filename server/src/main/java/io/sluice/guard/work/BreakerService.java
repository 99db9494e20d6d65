package io.sluice.guard.work;

import io.sluice.engine.TenantId;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.BreakerView;
import io.sluice.guard.Breakers;
import io.sluice.guard.GuardProblem;
import io.sluice.guard.NotNow;
import io.sluice.guard.model.ConfigRules;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.ChangeStore;
import io.sluice.guard.store.Key;
import io.sluice.guard.store.ParkedStore;
import io.sluice.guard.store.PermitStore;
import io.sluice.platform.SpringTx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The operators' door, opened.
@Service
class BreakerService implements Breakers {
  private static final int MOST_TRIES = 10;

  private final BreakerStore breakers;
  private final PermitStore permits;
  private final ChangeStore changes;
  private final ParkedStore parked;
  private final Moves moves;
  private final Board board;
  private final SpringTx transactions;

  BreakerService(
      BreakerStore breakers,
      PermitStore permits,
      ChangeStore changes,
      ParkedStore parked,
      Moves moves,
      Board board,
      SpringTx transactions) {
    this.breakers = breakers;
    this.permits = permits;
    this.changes = changes;
    this.parked = parked;
    this.moves = moves;
    this.board = board;
    this.transactions = transactions;
  }

  @Override
  public List<BreakerView> list(TenantId tenant, Filter filter, int limit) {
    board.flush();
    var parkedNow = parked.count(tenant, NotNow.BEHIND);
    return breakers.list(tenant, filter, limit).stream()
        .map(b -> view(b, List.of(), parkedNow))
        .toList();
  }

  @Override
  public BreakerView get(TenantId tenant, String service) {
    board.flush();
    var found = found(new Key(tenant, service));
    return view(found, changes.of(found.key()), parked.count(tenant, NotNow.behind(service)));
  }

  private Breaker found(Key key) {
    return breakers.find(key).orElseThrow(() -> new GuardProblem.UnknownBreaker(key.service()));
  }

  private BreakerView view(
      Breaker breaker, List<BreakerView.BreakerChange> history, Map<String, Long> parkedNow) {
    var window = breaker.window();
    var trial =
        breaker.state() == BreakerState.HALF_OPEN
            ? permits.standing(new PermitStore.Trial(breaker.key(), breaker.generation())).permits()
            : null;
    return new BreakerView(
        breaker.key().service(),
        breaker.state(),
        breaker.reason(),
        breaker.config(),
        breaker.version(),
        breaker.generation(),
        new BreakerView.WindowCounts(
            window.calls(),
            window.failed(),
            window.slow(),
            window.failureRate(),
            window.slowRate()),
        breaker.openedAt(),
        breaker.openUntil(),
        breaker.openings(),
        trial,
        parkedNow.getOrDefault(breaker.key().service(), 0L),
        history,
        breaker.createdAt(),
        breaker.updatedAt());
  }

  @Override
  public BreakerView configure(Change change, BreakerConfig config, @Nullable Integer expected) {
    var key = key(change);
    var faults = ConfigRules.faults(config);
    if (!faults.isEmpty()) {
      throw new GuardProblem.BadConfig(faults);
    }
    transactions.in(tx -> {
      if (expected == null) {
        breakers.create(key, config);
      }
      var before = found(key);
      if (!breakers.configure(key, config, expected)) {
        throw new GuardProblem.Stale(key.service(), before.version());
      }
      moves.tell(
          tx,
          before,
          new ChangeStore.Line(
              key,
              "circuit.configured",
              before.state(),
              before.state(),
              "configured by " + change.who(),
              change.who()));
      return true;
    });
    board.changed(key);
    return get(change.tenant(), change.service());
  }

  @Override
  public BreakerView reset(Change change) {
    var key = key(change);
    for (int tries = 1; !moves.reset(found(key), change.who()); tries++) {
      if (tries == MOST_TRIES) {
        throw new GuardProblem.Busy(key.service());
      }
    }
    board.changed(key);
    return get(change.tenant(), change.service());
  }

  @Override
  public void delete(Change change) {
    var key = key(change);
    if (!breakers.delete(key)) {
      throw new GuardProblem.UnknownBreaker(key.service());
    }
    board.removed(key);
  }

  private static Key key(Change change) {
    if (!ConfigRules.isService(change.service())) {
      throw new GuardProblem.BadService();
    }
    return new Key(change.tenant(), change.service());
  }
}
