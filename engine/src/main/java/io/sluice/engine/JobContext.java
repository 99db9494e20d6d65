package io.sluice.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What a handler works with. One for the job, and one for each branch of it.
///
/// Names of steps, waits, branches and groups of children share one space in their scope: a second
/// use of a name in one run is refused. Every method may throw [Interruption], an `Error` of the
/// engine's by which a job unwinds when it is parked, cancelled or lost; do not catch it.
public interface JobContext {
  /// The job.
  JobId id();

  /// Whose work it is.
  TenantId tenant();

  /// Failures of the job before this attempt.
  int attempt();

  /// The scope of this context: empty at the root, `a/b` for branch `b` of branch `a`.
  String scope();

  /// Runs a step, or returns what it returned when it was recorded.
  ///
  /// The body may run more than once: a crash before the record, and [StepOptions#retry], repeat
  /// it. Each run of it sees the same [StepKey]. Keep the result small: a receipt, not the goods.
  ///
  /// @return what the body returned, as the codec reads it back
  /// @throws StepFailed if the step failed for good, now or in an earlier attempt
  <T extends @Nullable Object> T step(
      String name, Class<T> type, StepOptions options, Callable<T> body);

  /// A step with [StepOptions#DEFAULT].
  default <T extends @Nullable Object> T step(String name, Class<T> type, Callable<T> body) {
    return step(name, type, StepOptions.DEFAULT, body);
  }

  /// Runs a step whose SQL commits together with the record of it: it takes effect exactly once,
  /// through a crash of the worker or of the database at any instant.
  ///
  /// @throws StepFailed if it failed for good
  <T extends @Nullable Object> T transaction(String name, Class<T> type, TransactionBody<T> body);

  /// Waits for a time, the first call counts. No thread and no lease is held while nothing else of
  /// the job runs.
  void sleep(String name, Duration duration);

  /// Waits until an instant.
  void sleepUntil(String name, Instant until);

  /// Takes the next signal of that name, waiting for it if need be. A signal that came earlier is
  /// kept.
  ///
  /// @param name of the signal; also the name of the wait in its scope
  <T extends @Nullable Object> T await(String name, Class<T> type);

  /// As above, for so long at most.
  ///
  /// @return empty if the time ran out first; that is recorded too
  <T> Optional<T> await(String name, Class<T> type, Duration timeout);

  /// Gives the job back until a time, because something outside is not ready: no attempt is spent.
  /// Leaves no record: the handler meets the same code again and decides anew.
  ///
  /// @param reason shown by `explain`
  /// @return never; declared so that one can write `throw job.park(…)`
  Error park(Instant until, String reason);

  /// Runs branches in virtual threads of their own, each with its own scope. Returns when all have
  /// ended.
  ///
  /// For up to about a hundred; what is more belongs in [#children].
  ///
  /// @param limit how many run at once
  /// @return what the branches returned, in their order
  /// @throws RuntimeException the first failure in the order of branches, once all have ended
  <T extends @Nullable Object> List<T> parallel(
      String name, Class<T> type, List<Branch<T>> branches, int limit);

  /// Runs bodies in an order that respects what each comes after: a body begins as soon as all that
  /// it waits for has ended, beside whatever else runs then. Returns when all have ended.
  ///
  /// Nothing is recorded for a node: its body is entered again in every run of the job, and the
  /// steps inside, which share this scope and its names, return what they recorded. A chain of
  /// nodes runs on one thread and costs no more than calls in a row.
  ///
  /// A body that throws keeps what comes after it from beginning; the rest goes on.
  ///
  /// @param limit how many run at once
  /// @throws RuntimeException the first failure in the order of nodes, once all have ended
  void graph(List<GraphNode> nodes, int limit);

  /// Waits until a time, or until something comes for the job, whichever is first; like [#park] it
  /// leaves no record and spends no attempt. But while other branches run it waits in its place, so
  /// that it goes on as soon as its time has come.
  ///
  /// The caller looks again whether it may go on, and rests again if it may not.
  ///
  /// @param reason shown by `explain`
  void rest(Instant until, String reason);

  /// Runs one job for each input and waits until all have ended. The children are enqueued exactly
  /// once, and the end of each is counted in the transaction that ends it: ten thousand cost no
  /// more for each than ten.
  ///
  /// @param options for all of them; the tenant is the parent's
  /// @return how they ended, in the order of the inputs
  <I, O extends @Nullable Object> List<Outcome<O>> children(
      String name, Kind<I, O> kind, List<I> inputs, EnqueueOptions options);

  /// Waits until all children of a group have ended that [Jobs#enqueueChildren] has enqueued for
  /// this job.
  ///
  /// @param group its name, without the scope of this context
  /// @param output the type of their results
  /// @return how they ended, in the order in which they were enqueued; none if there is no such
  ///   group
  <O extends @Nullable Object> List<Outcome<O>> join(String group, Class<O> output);

  /// Shows how far the job is, at once, to whoever watches. Cheap: only the newest is kept.
  ///
  /// @param total zero or less: not known
  void progress(long done, long total);

  /// Announces something, at once. Repeated when the code around it repeats; inside of
  /// [#transaction] use [StepTx#emit].
  void emit(JobEvent event);

  /// Whether the job was cancelled, or lost to another worker: stop as soon as is convenient. Every
  /// method here that would record something then throws.
  boolean cancelled();

  /// Marks a change of the handler. True for jobs that began with this or a later version of the
  /// handler; false for those that began earlier, which keep the old way. The answer is recorded.
  ///
  /// @param name of the change
  boolean changed(String name);

  /// The body of a transaction step.
  @FunctionalInterface
  interface TransactionBody<T extends @Nullable Object> {
    /// Runs the step's SQL on the transaction's connection, which it must not commit.
    T run(StepTx tx) throws Exception;
  }

  /// The transaction of a step.
  interface StepTx extends Tx {
    /// Announces something if, and only if, the step commits.
    void emit(JobEvent event);
  }
}
