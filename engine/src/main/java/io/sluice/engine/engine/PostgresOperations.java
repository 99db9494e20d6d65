package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.HistoryLine;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import io.sluice.engine.LimitRule;
import io.sluice.engine.Operations;
import io.sluice.engine.Schedule;
import io.sluice.engine.StepRecord;
import io.sluice.engine.StepRef;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.engine.WhyNot;
import io.sluice.engine.store.CarryOverStore;
import io.sluice.engine.store.Db;
import io.sluice.engine.store.EventStore;
import io.sluice.engine.store.LimitStore;
import io.sluice.engine.store.OperatorStore;
import io.sluice.engine.store.QueryStore;
import io.sluice.engine.store.ScheduleStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [Operations] on PostgreSQL.
final class PostgresOperations implements Operations {
  private final QueryStore queries;
  private final OperatorStore operators;
  private final CarryOverStore carryOver;
  private final ScheduleStore schedules;
  private final LimitStore limits;
  private final EventStore events;
  private final Codec codec;
  private final Wakes wakes;
  private final IdSource ids;
  private final Runnable announced;

  PostgresOperations(
      Db db, QueryStore queries, Codec codec, Wakes wakes, IdSource ids, Runnable announced) {
    this.queries = queries;
    this.operators = new OperatorStore(db);
    this.carryOver = new CarryOverStore(db);
    this.schedules = new ScheduleStore(db);
    this.limits = new LimitStore(db);
    this.events = new EventStore(db);
    this.codec = codec;
    this.wakes = wakes;
    this.ids = ids;
    this.announced = announced;
  }

  @Override
  public Optional<JobView> job(JobId id) {
    return queries.job(id);
  }

  @Override
  public List<JobView> jobs(JobFilter filter, @Nullable JobId before, int limit) {
    return queries.jobs(filter, before, limit);
  }

  @Override
  public List<JobView> jobs(Collection<JobId> ids) {
    return ids.isEmpty() ? List.of() : queries.jobs(ids);
  }

  @Override
  public UUID publish(Tx tx, TenantId tenant, JobEvent event) {
    try {
      var id = ids.next();
      EventStore.publishOn(
          tx.connection(),
          new EventStore.Published(id, tenant, event, codec.encode(event.payload())));
      if (tx.observed()) {
        tx.afterCommit(announced);
      }
      return id;
    } catch (SQLException e) {
      throw new EngineProblem.Database("announcing", e);
    }
  }

  @Override
  public List<HistoryLine> history(JobId id) {
    known(id);
    return queries.history(id);
  }

  private JobView known(JobId id) {
    return queries.job(id).orElseThrow(() -> new EngineProblem.UnknownJob(id));
  }

  @Override
  public List<StepRecord> steps(JobId id, @Nullable Instant since) {
    known(id);
    return carryOver.steps(id, since, Errors::decode);
  }

  @Override
  public Optional<String> stepValue(JobId id, StepRef step) {
    return carryOver.value(id, step);
  }

  @Override
  public int carryOver(Tx tx, JobId from, JobId to, Collection<StepRef> steps) {
    try {
      return CarryOverStore.copy(tx.connection(), from, to, steps);
    } catch (SQLException e) {
      throw new EngineProblem.Database("carrying steps over", e);
    }
  }

  @Override
  public void plant(Tx tx, JobId to, StepRef step, @Nullable Object value) {
    try {
      CarryOverStore.plant(tx.connection(), to, step, codec.encode(value));
    } catch (SQLException e) {
      throw new EngineProblem.Database("planting a step", e);
    }
  }

  @Override
  public List<WhyNot> explain(JobId id) {
    var job = known(id);
    var facts = operators.facts(id);
    return switch (job.state()) {
      case WORKING ->
          List.of(
              new WhyNot.Running(
                  Objects.requireNonNull(job.worker()), job.startedAt(), facts.lease()));
      case DONE, DEADLETTER, CANCELLED -> List.of(new WhyNot.Ended(job.state(), job.finishedAt()));
      case WAITING -> List.of(waiting(job));
      case RETRYABLE ->
          List.of(
              new WhyNot.Timer(
                  Objects.requireNonNullElse(job.wakeAt(), Instant.EPOCH),
                  "attempt " + job.attempt() + " failed: " + message(job)));
      case QUEUED -> queued(job, facts);
    };
  }

  private static String message(JobView job) {
    return job.lastError() == null ? "" : job.lastError().message();
  }

  private static WhyNot waiting(JobView job) {
    var reason = Objects.requireNonNullElse(job.waitReason(), "");
    return job.wakeAt() == null ? new WhyNot.Event(reason) : new WhyNot.Timer(job.wakeAt(), reason);
  }

  private static List<WhyNot> queued(JobView job, OperatorStore.Facts facts) {
    var why = new ArrayList<WhyNot>();
    if ("time".equals(job.hold()) && job.wakeAt() != null) {
      why.add(new WhyNot.Timer(job.wakeAt(), "its run time"));
    }
    if ("alone".equals(job.hold())) {
      why.add(new WhyNot.Suspect(job.crashes()));
    }
    if ("limit".equals(job.hold()) && job.limitKey() != null) {
      why.add(
          facts.max() != null && facts.running() >= facts.max()
              ? new WhyNot.LimitFull(job.limitKey(), facts.running(), facts.max())
              : new WhyNot.RateLimited(
                  job.limitKey(), Objects.requireNonNullElse(facts.nextFree(), Instant.EPOCH)));
    }
    if (facts.pausedBy() != null) {
      why.add(new WhyNot.QueuePaused(job.queue(), facts.pausedBy()));
    }
    if (!facts.known()) {
      why.add(new WhyNot.NoWorker(job.kind(), job.queue()));
    }
    if (why.isEmpty()) {
      why.add(new WhyNot.Behind(facts.ahead()));
    }
    return why;
  }

  @Override
  public List<QueueView> queues() {
    return queries.queues();
  }

  @Override
  public void pause(String queue, String who) {
    operators.pause(queue, who);
  }

  @Override
  public void resume(String queue, String who) {
    operators.resume(queue);
    wakes.queue(queue);
  }

  @Override
  public List<DeadLetterGroup> deadLetters(@Nullable TenantId tenant) {
    return queries.deadLetters(tenant);
  }

  @Override
  public boolean retry(JobId id, String who) {
    known(id);
    var entered = operators.retry(List.of(id), who);
    wakes.entered(entered);
    return !entered.isEmpty();
  }

  @Override
  public List<JobId> retry(Tx tx, Collection<Again> jobs, String who) {
    try {
      var again = OperatorStore.again(tx.connection(), jobs, who);
      if (tx.observed()) {
        tx.afterCommit(() -> wakes.entered(again.entered()));
      }
      return again.jobs();
    } catch (SQLException e) {
      throw new EngineProblem.Database("retrying jobs", e);
    }
  }

  @Override
  public int redrive(JobFilter filter, int limit, String who) {
    if (filter.state() != null && filter.state() != JobState.DEADLETTER) {
      throw new EngineProblem.Misuse(
          "only jobs in deadletter can be redriven, not " + filter.state().sql());
    }
    var entered = operators.redrive(filter, limit, who);
    wakes.entered(entered);
    return entered.size();
  }

  @Override
  public void schedule(Schedule schedule) {
    var next = Rhythms.next(schedule.rhythm(), schedules.now());
    schedules.put(schedule, codec.encode(schedule.input()), next);
    if (next != null) {
      wakes.timer(next, true);
    }
  }

  @Override
  public void schedule(Tx tx, Schedule schedule) {
    try {
      var next = Rhythms.next(schedule.rhythm(), ScheduleStore.now(tx.connection()));
      ScheduleStore.putOn(tx.connection(), schedule, codec.encode(schedule.input()), next);
      if (next != null && tx.observed()) {
        tx.afterCommit(() -> wakes.timer(next, true));
      }
    } catch (SQLException e) {
      throw new EngineProblem.Database("making a schedule", e);
    }
  }

  @Override
  public boolean unschedule(String name) {
    return schedules.remove(name);
  }

  @Override
  public boolean unschedule(Tx tx, String name) {
    try {
      return ScheduleStore.removeOn(tx.connection(), name);
    } catch (SQLException e) {
      throw new EngineProblem.Database("removing a schedule", e);
    }
  }

  @Override
  public Optional<Instant> nextFiring(String name) {
    return schedules.next(name);
  }

  @Override
  public List<Instant> upcoming(Schedule.Rhythm rhythm, Instant after, int count) {
    var times = new ArrayList<Instant>();
    for (var at = Rhythms.next(rhythm, after);
        at != null && times.size() < count;
        at = Rhythms.next(rhythm, at)) {
      times.add(at);
    }
    return List.copyOf(times);
  }

  @Override
  public void limit(LimitRule rule) {
    limits.set(rule);
    limits.blockedKeys().stream()
        .filter(key -> key.equals(rule.name()) || key.startsWith(rule.name() + ":"))
        .forEach(wakes::admit);
  }

  @Override
  public EventPage events(EventCursor after, int limit) {
    return events.tail(after, limit);
  }

  @Override
  public List<EventView> events(EventFilter filter, @Nullable UUID before, int limit) {
    return events.find(filter, before, limit);
  }

  @Override
  public EventCursor now() {
    return events.now();
  }
}
