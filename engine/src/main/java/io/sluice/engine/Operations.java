package io.sluice.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What those who run the system look at and turn. Thread-safe.
public interface Operations {
  /// A job, or empty if there is none.
  Optional<JobView> job(JobId id);

  /// Jobs, newest first.
  ///
  /// @param before only those older than this one, for paging; null: from the newest
  /// @param limit 1 to 1000
  List<JobView> jobs(JobFilter filter, @Nullable JobId before, int limit);

  /// The jobs of these ids, in any order; unknown ones are left out.
  List<JobView> jobs(Collection<JobId> ids);

  /// Announces something that is not a job's, if the caller's transaction commits.
  ///
  /// @return the event's id
  UUID publish(Tx tx, TenantId tenant, JobEvent event);

  /// The whole history of a job, oldest first: enqueue, moves, steps, end.
  ///
  /// @throws EngineProblem.UnknownJob if there is no such job
  List<HistoryLine> history(JobId id);

  /// What the steps of a job have recorded, in the order in which they began.
  ///
  /// @param since only what was recorded at this time or later; null: all
  /// @throws EngineProblem.UnknownJob if there is no such job
  List<StepRecord> steps(JobId id, @Nullable Instant since);

  /// What one step returned, as JSON; empty if it has not, or failed.
  Optional<String> stepValue(JobId id, StepRef step);

  /// Lets a job that was enqueued in the caller's transaction begin with what steps of another job
  /// have returned: they will not run again. Steps that the other job has not recorded as done are
  /// left out.
  ///
  /// @return how many were taken over
  /// @throws EngineProblem.Misuse if the new job may have begun
  int carryOver(Tx tx, JobId from, JobId to, Collection<StepRef> steps);

  /// Lets a job that was enqueued in the caller's transaction begin with a step that has returned
  /// this value, in place of what was carried over, if anything was.
  ///
  /// @throws EngineProblem.Misuse if the job may have begun
  void plant(Tx tx, JobId to, StepRef step, @Nullable Object value);

  /// Why a job is not running: every reason that holds now.
  ///
  /// @throws EngineProblem.UnknownJob if there is no such job
  List<WhyNot> explain(JobId id);

  /// Queues with what is in them.
  List<QueueView> queues();

  /// Nobody claims from the queue until it is resumed. Jobs that run go on.
  void pause(String queue, String who);

  /// Undoes [#pause].
  void resume(String queue, String who);

  /// Dead letters, by kind and cause, most frequent first.
  List<DeadLetterGroup> deadLetters(@Nullable TenantId tenant);

  /// Sends an ended, waiting or retryable job round again, at once: attempts and crashes start from
  /// zero, steps that were recorded as done stay, steps that had failed for good are tried again.
  ///
  /// @return false if the job is queued, working or done
  /// @throws EngineProblem.UnknownJob if there is no such job
  boolean retry(JobId id, String who);

  /// As above, for several jobs at once in the caller's transaction: a parent and those of its
  /// children that are to run again with it.
  ///
  /// @return those that went; the others are queued, working or done, or unknown
  List<JobId> retry(Tx tx, Collection<Again> jobs, String who);

  /// A job that goes round again.
  ///
  /// @param steps that run again although they are recorded as done: what the job had noted on its
  ///   way to a failure
  record Again(JobId job, Collection<StepRef> steps) {}

  /// Redrives dead letters that match, oldest first.
  ///
  /// @param limit how many at most
  /// @return how many
  int redrive(JobFilter filter, int limit, String who);

  /// Makes or replaces a schedule.
  void schedule(Schedule schedule);

  /// As above, in the caller's transaction.
  void schedule(Tx tx, Schedule schedule);

  /// Removes a schedule; what it fired stays.
  ///
  /// @return false if there was none
  boolean unschedule(String name);

  /// As above, in the caller's transaction.
  boolean unschedule(Tx tx, String name);

  /// When a schedule fires next; empty if there is none of that name, or it never fires again.
  Optional<Instant> nextFiring(String name);

  /// The times after an instant at which a schedule of this rhythm would fire, at most so many.
  ///
  /// @throws IllegalArgumentException if its cron expression can not be read
  List<Instant> upcoming(Schedule.Rhythm rhythm, Instant after, int count);

  /// Sets a limit's rule for all nodes, from now on.
  void limit(LimitRule rule);

  /// Events, oldest first, behind a cursor; each exactly once, in an order that no later commit
  /// changes.
  ///
  /// @param after the cursor of the last page; [EventCursor#START] for the beginning
  EventPage events(EventCursor after, int limit);

  /// Events that match, newest first.
  ///
  /// @param before only those older than this one, for paging; null: from the newest
  List<EventView> events(EventFilter filter, @Nullable UUID before, int limit);

  /// The cursor behind everything that a tail can see now.
  EventCursor now();

  /// A queue and what is in it.
  record QueueView(
      String name,
      @Nullable Instant pausedAt,
      @Nullable String pausedBy,
      long ready,
      long held,
      long working,
      long waiting,
      long retryable,
      @Nullable Instant oldestReady) {}

  /// Dead letters that failed alike.
  record DeadLetterGroup(
      String kind, String cause, String message, long count, Instant first, Instant last) {}

  /// A place in the stream of events.
  record EventCursor(long xid, long seq) {
    /// Before the first event.
    public static final EventCursor START = new EventCursor(0, 0);
  }

  /// A page of a tail.
  ///
  /// @param next where the next page begins
  record EventPage(List<EventView> events, EventCursor next) {}

  /// Which events. Every part that is null matches all.
  record EventFilter(
      @Nullable TenantId tenant,
      @Nullable JobId job,
      @Nullable String type,
      @Nullable String severity,
      @Nullable Instant since) {}

  /// An event as stored.
  record EventView(
      UUID id,
      EventCursor cursor,
      TenantId tenant,
      @Nullable JobId job,
      @Nullable UUID subject,
      String type,
      String severity,
      String code,
      String payloadJson,
      Instant createdAt) {}
}
