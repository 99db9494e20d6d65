package io.sluice.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How work is given to the engine and asked after. Thread-safe.
public interface Jobs {
  /// Enqueues a job in the caller's transaction: it exists if and only if that commits.
  ///
  /// @throws EngineProblem.BadInput if the input can not be written, or is too large
  /// @throws EngineProblem.Database if PostgreSQL refuses
  <I, O extends @Nullable Object> Enqueued enqueue(
      Tx tx, Kind<I, O> kind, I input, EnqueueOptions options);

  /// Enqueues a job in a transaction of its own.
  <I, O extends @Nullable Object> Enqueued enqueue(
      Kind<I, O> kind, I input, EnqueueOptions options);

  /// Enqueues many jobs in the caller's transaction, in one statement. A unique key in the options
  /// is refused.
  ///
  /// @return their ids, in the order of the inputs
  <I, O extends @Nullable Object> List<JobId> enqueueAll(
      Tx tx, Kind<I, O> kind, List<I> inputs, EnqueueOptions options);

  /// As above, in a transaction of its own.
  <I, O extends @Nullable Object> List<JobId> enqueueAll(
      Kind<I, O> kind, List<I> inputs, EnqueueOptions options);

  /// Enqueues a group of children in the caller's transaction, for a parent that waits for them by
  /// [JobContext#join]: a parent that is enqueued in the same transaction, or one that runs this in
  /// a transaction of its own.
  ///
  /// @param options for all of them; without a unique key
  /// @return their ids, in the order of the inputs
  /// @throws EngineProblem.Misuse if the parent has ended or has such a group already
  <I, O extends @Nullable Object> List<JobId> enqueueChildren(
      Tx tx, Family family, Kind<I, O> kind, List<I> inputs, EnqueueOptions options);

  /// A group of children.
  ///
  /// @param group its name, unique for the parent; as [JobContext#join] has it, with its scope
  record Family(JobId parent, String group) {}

  /// Waits for the end of a job, on whatever node it runs, without polling.
  ///
  /// @return how it ended; empty if it had not ended in time
  /// @throws EngineProblem.UnknownJob if there is no such job
  <O extends @Nullable Object> Optional<Outcome<O>> result(
      JobId job, Class<O> type, Duration timeout);

  /// Sends a signal. It is kept until a wait of that name takes it; each is taken once.
  ///
  /// @param payload written by the codec; null is allowed
  /// @return false if the job has ended
  /// @throws EngineProblem.UnknownJob if there is no such job
  boolean signal(JobId job, String name, @Nullable Object payload);

  /// As above, in the caller's transaction.
  boolean signal(Tx tx, JobId job, String name, @Nullable Object payload);

  /// Cancels a job and its descendants, at once: what they have not recorded is refused from now
  /// on, and whoever runs them is interrupted.
  ///
  /// @param who asks, for the history
  /// @return how many were cancelled; zero if all had ended
  int cancel(JobId job, String who);
}
