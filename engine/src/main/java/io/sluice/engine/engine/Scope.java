package io.sluice.engine.engine;

import io.sluice.engine.Branch;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.GraphNode;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobError;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobId;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.StepFailed;
import io.sluice.engine.StepKey;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TenantId;
import io.sluice.engine.store.CheckpointStore.Entry;
import io.sluice.engine.store.WakeStore.ChildRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What a handler sees of its job: one scope of it.
final class Scope implements JobContext {
  private final RunState run;
  private final Checkpoints checkpoints;

  Scope(RunState run, String scope) {
    this.run = run;
    this.checkpoints = new Checkpoints(run, scope);
  }

  @Override
  public JobId id() {
    return run.claim().id();
  }

  @Override
  public TenantId tenant() {
    return run.claim().tenant();
  }

  @Override
  public int attempt() {
    return run.claim().attempt();
  }

  @Override
  public String scope() {
    return checkpoints.scope();
  }

  @Override
  public <T extends @Nullable Object> T step(
      String name, Class<T> type, StepOptions options, Callable<T> body) {
    return new StepRun(run, checkpoints, name, options).run(type, body);
  }

  @Override
  public <T extends @Nullable Object> T transaction(
      String name, Class<T> type, TransactionBody<T> body) {
    checkpoints.claimName(name);
    var found = checkpoints.find(name);
    if (found != null && !found.status().equals("retrying")) {
      return checkpoints.outcome(found, type);
    }
    var entry = checkpoints.entry(name, "done", null, null, 1, run.ledger().now());
    try {
      var json =
          StepKey.of(id(), scope(), name)
              .around(() -> run.ledger().transact(entry, tx -> checkpoints.encode(body.run(tx))));
      if (json == null) {
        throw run.lost();
      }
      return run.codec().decode(json, type);
    } catch (Exception e) {
      throw checkpoints.failed(name, e, 1, entry.startedAt());
    }
  }

  @Override
  public void sleep(String name, Duration duration) {
    sleepUntil(name, run.ledger().now().plus(duration));
  }

  @Override
  public void sleepUntil(String name, Instant until) {
    checkpoints.claimName(name);
    var recorded = checkpoints.recordOnce(name, Instant.class, until);
    while (run.ledger().now().isBefore(recorded)) {
      await(new Waits.Wait(recorded, null, null, "sleep '" + name + "'"), run.waits().pokes());
    }
  }

  @Override
  @SuppressWarnings("NullAway") // without a time limit the wait can not end empty
  public <T extends @Nullable Object> T await(String name, Class<T> type) {
    checkpoints.claimName(name);
    var json = signal(name, null);
    return run.codec().decode(json.orElseThrow(), type);
  }

  @Override
  public <T> Optional<T> await(String name, Class<T> type, Duration timeout) {
    checkpoints.claimName(name);
    var until =
        checkpoints.recordOnce(name + "#until", Instant.class, run.ledger().now().plus(timeout));
    return signal(name, until).map(json -> run.codec().decode(json, type));
  }

  private Optional<String> signal(String name, @Nullable Instant until) {
    var found = checkpoints.find(name);
    if (found != null) {
      return found.status().equals("failed")
          ? Optional.empty()
          : Optional.of(checkpoints.value(found));
    }
    var entry = checkpoints.entry(name, "done", null, null, 1, run.ledger().now());
    while (true) {
      run.checkAlive();
      int seen = run.waits().pokes();
      var taken = run.ledger().takeSignal(entry, name);
      if (taken.isPresent()) {
        return taken;
      }
      if (until != null && !run.ledger().now().isBefore(until)) {
        return timedOut(entry, until);
      }
      await(new Waits.Wait(until, name, null, "signal '" + name + "'"), seen);
    }
  }

  private Optional<String> timedOut(Entry wait, Instant until) {
    var error =
        new JobError("WAIT_TIMED_OUT", "no signal until " + until, until, 0, true, null, null);
    checkpoints.record(
        checkpoints.entry(wait.name(), "failed", null, Errors.encode(error), 1, wait.startedAt()));
    return Optional.empty();
  }

  @Override
  public Error park(Instant until, String reason) {
    run.checkAlive();
    throw run.waits().park(new Waits.Wait(until, null, null, reason));
  }

  @Override
  public void rest(Instant until, String reason) {
    run.checkAlive();
    await(new Waits.Wait(until, null, null, reason), run.waits().pokes());
  }

  @Override
  public void graph(List<GraphNode> nodes, int limit) {
    run.checkAlive();
    new Graph(run, nodes, limit).run();
  }

  @Override
  public <T extends @Nullable Object> List<T> parallel(
      String name, Class<T> type, List<Branch<T>> branches, int limit) {
    checkpoints.claimName(name);
    return new Fork<>(run, checkpoints.below(name), type, limit).run(branches);
  }

  @Override
  public <I, O extends @Nullable Object> List<Outcome<O>> children(
      String name, Kind<I, O> kind, List<I> inputs, EnqueueOptions options) {
    checkpoints.claimName(name);
    var group = checkpoints.below(name);
    if (checkpoints.find(name) == null) {
      var encoded = inputs.stream().map(checkpoints::encode).toList();
      var entry =
          checkpoints.entry(
              name, "done", Integer.toString(inputs.size()), null, 1, run.ledger().now());
      if (!run.ledger().startChildren(entry, group, kind, encoded, options.withTenant(tenant()))) {
        throw run.lost();
      }
    }
    return joined(name, group, kind.output());
  }

  @Override
  public <O extends @Nullable Object> List<Outcome<O>> join(String group, Class<O> output) {
    checkpoints.claimName(group);
    return joined(group, checkpoints.below(group), output);
  }

  private <O extends @Nullable Object> List<Outcome<O>> joined(
      String name, String group, Class<O> output) {
    awaitChildren(name, group);
    return run.ledger().children(run.claim(), group).stream()
        .map(row -> outcome(row, output))
        .toList();
  }

  private void awaitChildren(String name, String group) {
    while (true) {
      int seen = run.waits().pokes();
      int pending = run.ledger().pending(run.claim(), group);
      if (pending == 0) {
        return;
      }
      await(new Waits.Wait(null, null, group, pending + " children of '" + name + "'"), seen);
    }
  }

  @SuppressWarnings("NullAway") // a result of null is legal for kinds without output
  private <O extends @Nullable Object> Outcome<O> outcome(ChildRow row, Class<O> type) {
    return switch (row.state()) {
      case "done" ->
          new Outcome.Done<>(
              row.id(),
              row.resultJson() == null ? null : run.codec().decode(row.resultJson(), type));
      case "deadletter" -> new Outcome.DeadLettered<>(row.id(), Errors.decode(row.errorJson()));
      default -> new Outcome.Cancelled<>(row.id());
    };
  }

  @Override
  public void progress(long done, long total) {
    run.checkAlive();
    run.ledger().progress(run.claim(), done, total);
  }

  @Override
  public void emit(JobEvent event) {
    run.checkAlive();
    checkpoints.recordPostponed();
    try {
      if (!run.ledger().emit(run.claim(), event)) {
        throw run.lost();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public boolean cancelled() {
    return run.stopped() != null;
  }

  @Override
  public boolean changed(String name) {
    checkpoints.claimName("changed:" + name);
    boolean began = !run.claim().ranBefore() || run.claim().version() >= run.kind().version();
    return checkpoints.recordOnce("changed:" + name, Boolean.class, began);
  }

  private void await(Waits.Wait wait, int seen) {
    try {
      run.waits().await(wait, seen);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Error interrupted(InterruptedException e) {
    run.checkAlive();
    Thread.currentThread().interrupt();
    throw new EngineProblem.Misuse(
        "a thread of the handler was interrupted by somebody else: " + e);
  }

  /// What a step that failed for good looks like to a handler, now and later.
  static StepFailed stepFailed(String scope, String name, JobError error) {
    return new StepFailed(scope.isEmpty() ? name : scope + "/" + name, error);
  }
}
