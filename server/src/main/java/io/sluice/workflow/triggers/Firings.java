package io.sluice.workflow.triggers;

import io.sluice.engine.IdSource;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobEvent.Severity;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.Tx;
import io.sluice.platform.SluiceSettings;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.FiringView;
import io.sluice.workflow.TriggerDraft.Overlap;
import io.sluice.workflow.TriggerType;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.model.Seen;
import io.sluice.workflow.triggers.store.FiringStore;
import io.sluice.workflow.triggers.store.FiringStore.Fate;
import io.sluice.workflow.triggers.store.TriggerRow;
import io.sluice.workflow.triggers.store.TriggerStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Decides what becomes of firings, and records it with what it starts. Every method belongs in a
/// transaction.
@Component
class Firings {
  /// Poked when an execution may have ended, so that a queued firing looks again.
  static final String LOOK = "look";

  private static final int MOST_QUEUED = 100;

  private final TriggerStore triggers;
  private final FiringStore firings;
  private final Starting starting;
  private final Jobs jobs;
  private final Operations operations;
  private final IdSource ids;
  private final SluiceSettings settings;

  Firings(
      TriggerStore triggers,
      FiringStore firings,
      Starting starting,
      Jobs jobs,
      Operations operations,
      IdSource ids,
      SluiceSettings settings) {
    this.triggers = triggers;
    this.firings = firings;
    this.starting = starting;
    this.jobs = jobs;
    this.operations = operations;
    this.ids = ids;
    this.settings = settings;
  }

  /// Fires a trigger, unless its key says that this was done.
  ///
  /// @param waiter the job that comes back if the firing is queued; null: it can not be
  /// @return empty if the trigger is gone
  Optional<FiringView> fire(Tx tx, TriggerStore.Key key, Cause cause, @Nullable JobId waiter) {
    boolean alone = cause.why() == TriggerType.SCHEDULE;
    var trigger = triggers.lock(key, alone);
    return trigger.map(row -> {
      var known = firings.find(row.id(), cause.key());
      if (known.isPresent() && known.get().outcome() != FiringOutcome.QUEUED) {
        return known.get();
      }
      var fate = fate(row, cause, waiter, known.orElse(null));
      return record(tx, row, cause, fate, known.orElse(null));
    });
  }

  /// Records that nothing may be started.
  void refuse(Tx tx, TriggerRow trigger, Cause cause, Fate fate) {
    if (firings.find(trigger.id(), cause.key()).isEmpty()) {
      record(tx, trigger, cause, fate, null);
    }
  }

  private Fate fate(
      TriggerRow trigger, Cause cause, @Nullable JobId waiter, @Nullable FiringView known) {
    if (!trigger.enabled()) {
      return Fate.nothing(
          FiringOutcome.SKIPPED, "TRIGGER_DISABLED", "The trigger was disabled meanwhile");
    }
    var rule = trigger.said().schedule();
    if (cause.why() != TriggerType.SCHEDULE || rule == null || rule.overlap() == Overlap.ALLOW) {
      return starting.start(trigger, cause);
    }
    var running = firings.running(trigger.id());
    if (rule.overlap() == Overlap.QUEUE && waiter != null) {
      return queue(trigger, cause, waiter, known, !running.isEmpty());
    }
    return rule.overlap() == Overlap.SKIP && !running.isEmpty()
        ? Fate.nothing(
            FiringOutcome.SKIPPED, "OVERLAP", "Execution " + running.getFirst() + " still runs")
        : starting.start(trigger, cause);
  }

  /// In the order in which they became due, as far as that was the order in which they came.
  private Fate queue(
      TriggerRow trigger, Cause cause, JobId waiter, @Nullable FiringView known, boolean running) {
    var queued = firings.queued(trigger.id(), MOST_QUEUED);
    boolean next = known == null ? queued.isEmpty() : known.id().equals(queued.getFirst().firing());
    if (next && !running) {
      return starting.start(trigger, cause);
    }
    return known == null && queued.size() == MOST_QUEUED
        ? Fate.nothing(FiringOutcome.SKIPPED, "QUEUE_FULL", MOST_QUEUED + " firings wait already")
        : Fate.queued(waiter);
  }

  private FiringView record(
      Tx tx, TriggerRow trigger, Cause cause, Fate fate, @Nullable FiringView known) {
    if (known == null) {
      firings.insert(ids.next(), trigger, recorded(cause, fate), fate);
      firings.sweep(trigger.id(), settings.retention());
    } else if (fate.outcome() != FiringOutcome.QUEUED) {
      firings.settle(known.id(), fate);
      wakeNext(tx, trigger);
    }
    announce(tx, trigger, cause, fate);
    return firings.find(trigger.id(), recorded(cause, fate).key()).orElseThrow();
  }

  /// Whoever asked may ask again with the same key, when it was not started.
  private static Cause recorded(Cause cause, Fate fate) {
    return cause.why() == TriggerType.MANUAL && fate.outcome() == FiringOutcome.FAILED
        ? cause.withKey(cause.key() + " failed")
        : cause;
  }

  /// The next one in the queue looks by itself now and then; this saves it the waiting.
  private void wakeNext(Tx tx, TriggerRow trigger) {
    firings
        .queued(trigger.id(), 1)
        .forEach(next -> jobs.signal(tx, new JobId(next.job()), LOOK, null));
  }

  private void announce(Tx tx, TriggerRow trigger, Cause cause, Fate fate) {
    var reason = fate.reason();
    if (reason == null || fate.outcome() == FiringOutcome.SKIPPED) {
      return;
    }
    var payload = new LinkedHashMap<String, Object>();
    payload.put("trigger", trigger.name());
    payload.put("why", cause.why().sql());
    payload.put("code", reason.code());
    payload.put("detail", reason.detail());
    operations.publish(
        tx,
        trigger.tenant(),
        new JobEvent(
            Seen.TRIGGER,
            fate.outcome() == FiringOutcome.FAILED ? Severity.ERROR : Severity.WARN,
            "trigger." + fate.outcome().sql(),
            trigger.id(),
            payload));
  }

  /// What a schedule has started and that still runs.
  List<UUID> running(UUID trigger) {
    return firings.running(trigger);
  }

  /// One by its key.
  Optional<FiringView> find(UUID trigger, String key) {
    return firings.find(trigger, key);
  }
}
