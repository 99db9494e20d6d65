package io.sluice.workflow.triggers;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Tx;
import io.sluice.expression.ExpressionProblem;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.Signals;
import io.sluice.workflow.store.EventWaitStore;
import io.sluice.workflow.store.EventWaitStore.EventWait;
import io.sluice.workflow.triggers.model.Seen;
import io.sluice.workflow.triggers.store.WaitStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Steps that wait for an event: finds those whose event has come, and wakes them.
@Component
class EventWaits {
  private static final Logger LOG = LoggerFactory.getLogger(EventWaits.class);
  private static final int MOST_LOOKED_THROUGH = 10_000;

  /// However many wait, so many are in memory.
  private static final int AT_ONCE = 1_000;

  private final EventWaitStore waits;
  private final WaitStore taken;
  private final Jobs jobs;
  private final SpringTx transactions;
  private final Filters filters;

  EventWaits(
      EventWaitStore waits, WaitStore taken, Jobs jobs, SpringTx transactions, Filters filters) {
    this.waits = waits;
    this.taken = taken;
    this.jobs = jobs;
    this.transactions = transactions;
    this.filters = filters;
  }

  /// A step whose event has come.
  record Woken(EventWait of, Seen event) {}

  /// Those that wait for one of these events: each for the first of them.
  List<Woken> of(List<Seen> events) {
    var types =
        events.stream().flatMap(e -> Stream.of(e.type(), e.code(), e.name())).distinct().toList();
    var woken = new ArrayList<Woken>();
    @Nullable EventWait last = null;
    List<EventWait> some;
    do {
      some = waits.waiting(types, last, AT_ONCE);
      some.forEach(wait -> first(wait, events).ifPresent(woken::add));
      last = some.isEmpty() ? null : some.getLast();
    } while (some.size() == AT_ONCE);
    return woken;
  }

  private Optional<Woken> first(EventWait wait, List<Seen> events) {
    return events.stream()
        .filter(event -> isFor(wait, event))
        .findFirst()
        .map(event -> new Woken(wait, event));
  }

  private boolean isFor(EventWait wait, Seen event) {
    boolean type =
        wait.type().equals(event.type())
            || wait.type().equals(event.code())
            || wait.type().equals(event.name());
    return type
        && wait.tenant().equals(event.tenant())
        && !event.createdAt().isBefore(wait.since())
        && passes(wait, event);
  }

  /// A filter that fails lets nothing through: another event may fit it better.
  private boolean passes(EventWait wait, Seen event) {
    try {
      return filters.passes(wait.filter(), wait.variables(), event.fields());
    } catch (ExpressionProblem problem) {
      LOG.warn(
          "the filter of step '{}' of execution {} failed on event {}: {}",
          wait.step(),
          wait.job(),
          event.id(),
          problem.getMessage());
      return false;
    }
  }

  /// Wakes a step, in the caller's transaction.
  void wake(Tx tx, Woken woken) {
    var wait = woken.of();
    if (!taken.take(wait)) {
      return;
    }
    try {
      jobs.signal(
          tx,
          new JobId(wait.job()),
          Signals.event(wait.step()),
          new Signals.Payload(woken.event().payload()));
    } catch (EngineProblem.UnknownJob gone) {
      LOG.debug("nobody waits any more", gone);
    }
  }

  /// Looks through what was announced between the beginning of a wait and the moment that it could
  /// be seen here: the tail may have passed it.
  void lookBack() {
    for (var wait : taken.fresh()) {
      var found = first(wait, taken.since(wait, MOST_LOOKED_THROUGH));
      transactions.in(tx -> {
        found.ifPresent(woken -> wake(tx, woken));
        taken.looked(wait);
        return true;
      });
    }
  }
}
