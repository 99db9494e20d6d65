package io.sluice.engine.engine;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobEvent;
import io.sluice.engine.Kind;
import io.sluice.engine.store.CheckpointStore.Entry;
import io.sluice.engine.store.CheckpointStore.Stored;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.WakeStore.ChildRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where one run of a job records and reads: PostgreSQL, or the memory of the test kit.
public interface Ledger {
  /// The clock of timers.
  Instant now();

  /// Waits that are shorter end in their place instead of parking the job. Zero where the clock
  /// only moves between runs.
  default Duration waitsInPlace() {
    return Waits.SHORT;
  }

  /// The checkpoints of a scope, without those below it.
  List<Stored> load(Claim claim, String scope);

  /// The value of a checkpoint that was too large to come with its scope.
  String loadValue(Claim claim, String scope, String name);

  /// Records a checkpoint; returns when it is durable.
  ///
  /// @return false if the fence has passed
  boolean record(Entry entry) throws InterruptedException;

  /// Runs a body and records it in one transaction.
  ///
  /// @return the value as JSON; null if the fence has passed
  @Nullable String transact(Entry entry, Body body) throws Exception;

  /// Takes the oldest signal of a name and records the wait in one transaction.
  Optional<String> takeSignal(Entry wait, String signal);

  /// Enqueues a group of children and records it in one transaction.
  ///
  /// @return false if the fence has passed
  boolean startChildren(
      Entry entry, String group, Kind<?, ?> kind, List<String> inputs, EnqueueOptions options);

  /// How many children of a group have not ended.
  int pending(Claim claim, String group);

  /// How the children of a group ended, in the order of their inputs.
  List<ChildRow> children(Claim claim, String group);

  /// Announces something; returns when it is durable.
  ///
  /// @return false if the fence has passed
  boolean emit(Claim claim, JobEvent event) throws InterruptedException;

  /// Notes how far the job is.
  void progress(Claim claim, long done, long total);

  /// The body of a transaction: returns its value as JSON.
  @FunctionalInterface
  interface Body {
    /// Runs it.
    String run(JobContext.StepTx tx) throws Exception;
  }
}
