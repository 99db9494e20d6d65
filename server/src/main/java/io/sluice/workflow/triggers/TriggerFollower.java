package io.sluice.workflow.triggers;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventPage;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.Tx;
import io.sluice.engine.UniqueKey;
import io.sluice.events.EventFollower;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.Json;
import io.sluice.workflow.triggers.EventMatches.Match;
import io.sluice.workflow.triggers.EventWaits.Woken;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.model.Seen;
import io.sluice.workflow.triggers.store.FiringStore;
import io.sluice.workflow.triggers.store.FiringStore.Fate;
import io.sluice.workflow.triggers.store.TriggerCursorStore;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Turns events into firings of triggers, and wakes steps that wait for one: one tail for both.
///
/// The cursor moves in the transaction that enqueues firings and sends signals. Where nothing is to
/// be done it moves in memory only, and is stored with the next page that is full or has something:
/// what is read again after a restart finds the same keys.
@Component
class TriggerFollower implements EventFollower {
  private static final int PAGE = 200;
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final Operations operations;
  private final Jobs jobs;
  private final EventMatches matches;
  private final EventWaits waits;
  private final Firings firings;
  private final FiringStore queue;
  private final TriggerCursorStore cursors;
  private final SpringTx transactions;
  private final JsonMapper mapper;

  /// As stored, and as far as this node has looked.
  private @Nullable EventCursor stored;

  private @Nullable EventCursor looked;

  TriggerFollower(
      Operations operations,
      Jobs jobs,
      EventMatches matches,
      EventWaits waits,
      Firings firings,
      FiringStore queue,
      TriggerCursorStore cursors,
      SpringTx transactions,
      JsonMapper mapper) {
    this.operations = operations;
    this.jobs = jobs;
    this.matches = matches;
    this.waits = waits;
    this.firings = firings;
    this.queue = queue;
    this.cursors = cursors;
    this.transactions = transactions;
    this.mapper = mapper;
  }

  @Override
  public boolean look() {
    var from = looked == null ? restart() : looked;
    var page = operations.events(from, PAGE);
    waits.lookBack();
    if (page.events().isEmpty()) {
      return false;
    }
    var events = page.events().stream().map(this::seen).toList();
    var found = new Found(matches.of(events), waits.of(events));
    boolean full = page.events().size() == PAGE;
    if (!full && found.nothing()) {
      looked = page.next();
    } else if (!act(page, found)) {
      restart();
      return true;
    }
    poke(events);
    return full;
  }

  /// What a page of events is to do.
  private record Found(List<Match> fired, List<Woken> woken) {
    boolean nothing() {
      return fired.isEmpty() && woken.isEmpty();
    }
  }

  private EventCursor restart() {
    var at = cursors.get();
    stored = at;
    looked = at;
    return at;
  }

  /// @return false if another node was quicker: nothing was done
  private boolean act(EventPage page, Found found) {
    var from = Objects.requireNonNull(stored);
    boolean moved =
        transactions.in(tx -> {
          if (!cursors.move(from, page.next())) {
            return false;
          }
          found.fired().forEach(match -> act(tx, match));
          found.woken().forEach(woken -> waits.wake(tx, woken));
          return true;
        });
    if (moved) {
      stored = page.next();
      looked = page.next();
    }
    return moved;
  }

  private void act(Tx tx, Match match) {
    switch (match) {
      case Match.Fires fires -> enqueue(tx, fires);
      case Match.MayNot mayNot ->
          firings.refuse(tx, mayNot.trigger(), mayNot.cause(), mayNot.fate());
    }
  }

  private void enqueue(Tx tx, Match.Fires fires) {
    var trigger = fires.trigger();
    var event = fires.event();
    var key = Cause.eventKey(event.id()) + "@" + trigger.id();
    try {
      jobs.enqueue(
          tx,
          FireHandler.KIND,
          new FireRequest(trigger.id(), Json.of(event.fields()), fires.depth()),
          EnqueueOptions.of(trigger.tenant()).withUniqueKey(UniqueKey.retained(key, REMEMBERED)));
    } catch (EngineProblem.BadInput tooLarge) {
      // One event that can not be handed on must not keep the others.
      var cause = Cause.event(event.id(), fires.depth(), event.fields());
      var fate =
          Fate.nothing(
              FiringOutcome.FAILED, tooLarge.code(), "The event is too large to be handed on");
      firings.refuse(tx, trigger, cause, fate);
    }
  }

  /// Executions tell of what they do: firings that wait for one to end look again.
  private void poke(List<Seen> events) {
    if (!queue.anyQueued()) {
      return;
    }
    var executions = new LinkedHashSet<UUID>();
    events.forEach(e -> {
      if (e.job() != null) {
        executions.add(e.job());
      }
    });
    queue.queuedBehind(executions).forEach(job -> jobs.signal(new JobId(job), Firings.LOOK, null));
  }

  private Seen seen(EventView event) {
    return new Seen(
        event.id(),
        event.cursor().xid(),
        event.tenant(),
        event.job() == null ? null : event.job().value(),
        event.subject(),
        event.type(),
        event.severity(),
        event.code(),
        mapper.readValue(event.payloadJson(), Object.class),
        event.createdAt());
  }
}
