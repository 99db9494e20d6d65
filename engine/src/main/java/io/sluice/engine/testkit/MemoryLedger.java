package io.sluice.engine.testkit;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JacksonCodec;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobId;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.engine.Ledger;
import io.sluice.engine.store.CheckpointStore.Entry;
import io.sluice.engine.store.CheckpointStore.Stored;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.WakeStore.ChildRow;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Records in memory, and dies where it is told to.
final class MemoryLedger implements Ledger {
  private final Codec codec;
  private final JacksonCodec errors = new JacksonCodec();
  private final Map<String, Map<String, Stored>> scopes = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Map<String, Queue<String>> signals = new HashMap<>();
  private final Map<String, List<ChildRow>> groups = new LinkedHashMap<>();
  private final List<JobEvent> announced = new ArrayList<>();
  private Instant now;
  private @Nullable String crashAt;
  private boolean crashRecorded;
  private @Nullable String progress;
  private @Nullable Supplier<Connection> connections;

  MemoryLedger(Codec codec, Instant begin) {
    this.codec = codec;
    this.now = begin;
  }

  /// The worker's death.
  static final class Crash extends Error {
    private final String step;

    Crash(String step) {
      super("the worker dies at '" + step + "'", null, false, false);
      this.step = step;
    }

    String step() {
      return step;
    }
  }

  void connectTo(Supplier<Connection> source) {
    connections = source;
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  synchronized void signal(String name, String payload) {
    signals.computeIfAbsent(name, _ -> new ArrayDeque<>()).add(payload);
  }

  synchronized void crash(String step, boolean recorded) {
    crashAt = step;
    crashRecorded = recorded;
  }

  synchronized void endChild(String group, int index, Outcome<?> outcome) {
    var rows = groups.get(group);
    if (rows == null) {
      throw new EngineProblem.Misuse(
          "there is no group '" + group + "'; there are " + groups.keySet());
    }
    var child = rows.get(index).id();
    rows.set(
        index,
        switch (outcome) {
          case Outcome.Done<?> done ->
              new ChildRow(child, "done", codec.encode(done.result()), null);
          case Outcome.DeadLettered<?> dead ->
              new ChildRow(child, "deadletter", null, errors.encode(dead.error()));
          case Outcome.Cancelled<?> _ -> new ChildRow(child, "cancelled", null, null);
        });
  }

  synchronized List<String> recorded() {
    return List.copyOf(order);
  }

  synchronized List<JobEvent> events() {
    return List.copyOf(announced);
  }

  synchronized @Nullable String progressText() {
    return progress;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public Duration waitsInPlace() {
    return Duration.ZERO;
  }

  @Override
  public synchronized List<Stored> load(Claim claim, String scope) {
    return List.copyOf(scopes.getOrDefault(scope, Map.of()).values());
  }

  @Override
  public synchronized String loadValue(Claim claim, String scope, String name) {
    var stored = Objects.requireNonNull(scopes.getOrDefault(scope, Map.of()).get(name));
    return stored.valueJson() == null ? "null" : stored.valueJson();
  }

  private static String path(String scope, String name) {
    return scope.isEmpty() ? name : scope + "/" + name;
  }

  @Override
  public synchronized boolean record(Entry entry) {
    var path = path(entry.scope(), entry.name());
    dieIf(path, false);
    scopes
        .computeIfAbsent(entry.scope(), _ -> new LinkedHashMap<>())
        .put(
            entry.name(),
            new Stored(
                entry.name(),
                entry.status(),
                entry.attempt(),
                entry.errorJson(),
                entry.valueJson(),
                false));
    if (entry.status().equals("done")) {
      order.add(path);
    }
    dieIf(path, true);
    return true;
  }

  private void dieIf(String path, boolean recorded) {
    if (path.equals(crashAt) && crashRecorded == recorded) {
      crashAt = null;
      throw new Crash(path);
    }
  }

  @Override
  public String transact(Entry entry, Body body) throws Exception {
    if (connections == null) {
      throw new EngineProblem.Misuse("a transaction step needs HandlerTest.connectingTo(…)");
    }
    try (var connection = connections.get()) {
      connection.setAutoCommit(false);
      var tx = new MemoryTx(connection);
      var json = body.run(tx);
      synchronized (this) {
        dieIf(path(entry.scope(), entry.name()), false);
      }
      connection.commit();
      synchronized (this) {
        announced.addAll(tx.events);
      }
      tx.after.forEach(Runnable::run);
      record(
          new Entry(
              entry.claim(),
              entry.scope(),
              entry.name(),
              "done",
              1,
              json,
              null,
              entry.startedAt(),
              false));
      return json;
    }
  }

  /// A transaction of the test's.
  private static final class MemoryTx implements JobContext.StepTx {
    private final Connection connection;
    private final List<JobEvent> events = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();

    MemoryTx(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public void afterCommit(Runnable action) {
      after.add(action);
    }

    @Override
    public void emit(JobEvent event) {
      events.add(event);
    }
  }

  @Override
  public synchronized Optional<String> takeSignal(Entry wait, String signal) {
    var payload = signals.getOrDefault(signal, new ArrayDeque<>()).poll();
    if (payload != null) {
      record(
          new Entry(
              wait.claim(),
              wait.scope(),
              wait.name(),
              "done",
              1,
              payload,
              null,
              wait.startedAt(),
              false));
    }
    return Optional.ofNullable(payload);
  }

  @Override
  public synchronized boolean startChildren(
      Entry entry, String group, Kind<?, ?> kind, List<String> inputs, EnqueueOptions options) {
    var rows = new ArrayList<ChildRow>();
    for (int i = 0; i < inputs.size(); i++) {
      rows.add(
          new ChildRow(
              new JobId(new UUID(0x7000L, groups.size() * 1_000_000L + i)), "queued", null, null));
    }
    groups.put(group, rows);
    return record(entry);
  }

  @Override
  public synchronized int pending(Claim claim, String group) {
    return (int) children(claim, group).stream().filter(c -> c.state().equals("queued")).count();
  }

  @Override
  public synchronized List<ChildRow> children(Claim claim, String group) {
    return groups.getOrDefault(group, List.of());
  }

  @Override
  public synchronized boolean emit(Claim claim, JobEvent event) {
    return announced.add(event);
  }

  @Override
  public synchronized void progress(Claim claim, long done, long total) {
    progress = done + "/" + total;
  }
}
