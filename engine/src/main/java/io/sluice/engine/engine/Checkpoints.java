package io.sluice.engine.engine;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.Interruption;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.StepFailed;
import io.sluice.engine.model.Failures;
import io.sluice.engine.store.CheckpointStore.Entry;
import io.sluice.engine.store.CheckpointStore.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The checkpoints of one scope of one run: what earlier runs left, and what this one records.
final class Checkpoints {
  private static final int MAX_VALUE_BYTES = 16 << 20;

  private final RunState run;
  private final String scope;
  private @Nullable Set<String> names;
  private @Nullable Map<String, Stored> earlier;

  Checkpoints(RunState run, String scope) {
    this.run = run;
    this.scope = scope;
  }

  String scope() {
    return scope;
  }

  /// The scope below this one.
  String below(String name) {
    return scope.isEmpty() ? name : scope + "/" + name;
  }

  /// A name is used once in a run of a scope; a repeat would read the first one's record.
  void claimName(String name) {
    run.checkAlive();
    if (name.isEmpty() || name.length() > 200) {
      throw new EngineProblem.Misuse("A step's name has 1 to 200 characters: '" + name + "'");
    }
    recordPostponed();
    if (!isNew(name)) {
      throw new EngineProblem.Misuse(
          "The name '"
              + below(name)
              + "' is used twice in one run. Give each step its own name, or a branch of its own.");
    }
  }

  private synchronized boolean isNew(String name) {
    names = names == null ? new HashSet<>() : names;
    return names.add(name);
  }

  /// What an earlier run recorded under a name; null if nothing.
  synchronized @Nullable Stored find(String name) {
    if (!run.claim().ranBefore()) {
      return null;
    }
    if (earlier == null) {
      earlier = new HashMap<>();
      for (var stored : run.ledger().load(run.claim(), scope)) {
        earlier.put(stored.name(), stored);
      }
    }
    return earlier.get(name);
  }

  /// The value of a checkpoint, fetched if it lies apart.
  String value(Stored stored) {
    if (stored.apart()) {
      return run.ledger().loadValue(run.claim(), scope, stored.name());
    }
    return stored.valueJson() == null ? "null" : stored.valueJson();
  }

  /// A recorded outcome: the value, or the failure.
  <T extends @Nullable Object> T outcome(Stored stored, Class<T> type) {
    if (stored.status().equals("failed")) {
      throw Scope.stepFailed(scope, stored.name(), Errors.decode(stored.errorJson()));
    }
    try {
      return run.codec().decode(value(stored), type);
    } catch (EngineProblem.BadInput e) {
      throw new PermanentFailure(
          "CHECKPOINT_INCOMPATIBLE",
          "What step '"
              + below(stored.name())
              + "' recorded does not fit "
              + type.getSimpleName()
              + " any more: "
              + e.getMessage()
              + ". Make the type read the old form, or guard the change with job.changed(…), then retry the job.",
          e);
    }
  }

  /// Records a value the first time, and returns what the first time recorded ever after.
  <T> T recordOnce(String name, Class<T> type, T value) {
    var found = find(name);
    if (found != null) {
      return outcome(found, type);
    }
    record(entry(name, "done", encode(value), null, 1, run.ledger().now()));
    return value;
  }

  Entry entry(
      String name,
      String status,
      @Nullable String valueJson,
      @Nullable String errorJson,
      int attempt,
      Instant startedAt) {
    boolean stage = status.equals("done") && scope.isEmpty() && run.kind().stages().contains(name);
    return new Entry(
        run.claim(), scope, name, status, attempt, valueJson, errorJson, startedAt, stage);
  }

  /// Something comes after a step that was said to be the last: its record must not come later.
  void recordPostponed() {
    run.takePostponed().forEach(this::record);
  }

  /// Records; returns when it is durable.
  void record(Entry entry) {
    run.checkAlive();
    try {
      if (!run.ledger().record(entry)) {
        throw run.lost();
      }
    } catch (InterruptedException _) {
      run.checkAlive();
      Thread.currentThread().interrupt();
      throw new EngineProblem.Misuse("a thread of the handler was interrupted by somebody else");
    }
  }

  /// Records that a step failed for good, if it did, and says what to throw.
  RuntimeException failed(String name, Exception failure, int attempts, Instant startedAt) {
    run.checkAlive();
    if (failure instanceof StepFailed inner) {
      return inner;
    }
    if (!Failures.isPermanent(failure, run.kind().permanent())) {
      return sneak(failure);
    }
    return recordFailure(name, failure, attempts, startedAt);
  }

  /// Records that a step failed for good.
  StepFailed recordFailure(String name, Exception failure, int attempts, Instant startedAt) {
    var error = Failures.describe(failure, attempts - 1, true, run.ledger().now());
    record(entry(name, "failed", null, Errors.encode(error), attempts, startedAt));
    var failed = Scope.stepFailed(scope, name, error);
    failed.initCause(failure);
    return failed;
  }

  String encode(@Nullable Object value) {
    var json = run.codec().encode(value);
    if (json.length() > MAX_VALUE_BYTES / 4
        && json.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
      throw new EngineProblem.BadInput(
          "A value of "
              + json.length()
              + " characters is too large to be recorded; return a receipt, and keep the goods in a table of your own");
    }
    return json;
  }

  /// Throws any exception as it is: a handler may throw what it likes.
  @SuppressWarnings("unchecked")
  static <E extends Exception> RuntimeException sneak(Exception failure) throws E {
    if (failure instanceof RuntimeException runtime) {
      return runtime;
    }
    throw (E) failure;
  }

  /// Whether an error is the engine's own way of unwinding.
  static boolean unwinds(Throwable failure) {
    return failure instanceof Interruption;
  }
}
