package io.sluice.engine.engine;

import io.sluice.engine.JobId;
import io.sluice.engine.Telemetry;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.CompletionStore;
import io.sluice.engine.store.Db;
import io.sluice.engine.store.EndStore;
import io.sluice.engine.store.EventStore;
import io.sluice.engine.store.OperatorStore;
import io.sluice.engine.store.QueryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The group commits of a node: steps, completions, events. Progress is only ever the newest.
final class Recorder {
  private static final int MOST_STEPS = 500;
  private static final int MOST_COMPLETIONS = 1000;
  private static final int MOST_EVENTS = 200;

  private final CheckpointStore checkpoints;
  private final CompletionStore ends;
  private final EventStore events;
  private final OperatorStore operators;
  private final QueryStore queries;
  private final Consumer<EndStore.Result> ended;
  private final Runnable announced;
  private final GroupCommit<CheckpointStore.Entry> steps;
  private final GroupCommit<CompletionStore.Completion> completions;
  private final GroupCommit<EventStore.Entry> announcements;
  private final Map<JobId, OperatorStore.Progress> progress = new ConcurrentHashMap<>();

  /// @param ended is told what completions meant to others, after the commit
  /// @param announced is told that there are new events
  Recorder(
      Db db,
      QueryStore queries,
      Telemetry telemetry,
      Consumer<EndStore.Result> ended,
      Runnable announced) {
    this.checkpoints = new CheckpointStore(db);
    this.ends = new CompletionStore(db);
    this.events = new EventStore(db);
    this.operators = new OperatorStore(db);
    this.queries = queries;
    this.ended = ended;
    this.announced = announced;
    this.steps = new GroupCommit<>("steps", 2, MOST_STEPS, this::writeSteps, telemetry);
    this.completions =
        new GroupCommit<>("completions", 1, MOST_COMPLETIONS, this::writeCompletions, telemetry);
    this.announcements = new GroupCommit<>("events", 1, MOST_EVENTS, this::writeEvents, telemetry);
  }

  void start() {
    steps.start();
    completions.start();
    announcements.start();
  }

  void close() throws InterruptedException {
    steps.close();
    announcements.close();
    completions.close();
  }

  CompletableFuture<Boolean> step(CheckpointStore.Entry entry) {
    return steps.submit(entry);
  }

  void complete(CompletionStore.Completion completion, GroupCommit.Told told) {
    completions.submit(completion, told);
  }

  CompletableFuture<Boolean> announce(EventStore.Entry event) {
    return announcements.submit(event);
  }

  void progress(Claim claim, long done, long total) {
    progress.put(claim.id(), new OperatorStore.Progress(claim, done, total));
  }

  /// Stores the newest progress of each job that has news.
  ///
  /// @return whether there was any
  boolean storeProgress() {
    var news = new ArrayList<OperatorStore.Progress>();
    for (var id : List.copyOf(progress.keySet())) {
      var newest = progress.remove(id);
      if (newest != null) {
        news.add(newest);
      }
    }
    if (!news.isEmpty()) {
      operators.progress(news);
    }
    return !news.isEmpty();
  }

  /// Sorted, so that two flushes that share jobs lock them in the same order.
  private List<Boolean> writeSteps(List<CheckpointStore.Entry> entries) {
    var sorted =
        entries.stream()
            .sorted((a, b) -> a.claim().id().value().compareTo(b.claim().id().value()))
            .toList();
    var recorded = checkpoints.record(sorted);
    if (entries.stream().anyMatch(CheckpointStore.Entry::stage)) {
      announced.run();
    }
    return entries.stream().map(e -> recorded.contains(e.key()) || alreadyMine(e)).toList();
  }

  /// After a commit whose outcome was unknown the same record is refused the second time: it is
  /// there already.
  private boolean alreadyMine(CheckpointStore.Entry entry) {
    var stored = checkpoints.load(entry.claim().id(), entry.scope(), entry.name());
    if (stored == null || stored.status().equals("retrying")) {
      return false;
    }
    return checkpoints.fenceOf(entry.key()) == entry.claim().fence();
  }

  private List<Boolean> writeCompletions(List<CompletionStore.Completion> entries) {
    var result = ends.complete(entries);
    if (result.ended().size() == entries.size()) {
      ended.accept(result);
      return Collections.nCopies(entries.size(), true);
    }
    Set<JobId> done = new HashSet<>();
    result.ended().forEach(e -> done.add(e.id()));
    ended.accept(result);
    return entries.stream()
        .map(e -> done.contains(e.claim().id()) || alreadyDone(e.claim()))
        .toList();
  }

  private boolean alreadyDone(Claim claim) {
    return queries
        .job(claim.id())
        .filter(j -> j.state() == io.sluice.engine.JobState.DONE && j.fence() == claim.fence() + 1)
        .isPresent();
  }

  private List<Boolean> writeEvents(List<EventStore.Entry> entries) {
    int accepted = events.announce(entries);
    announced.run();
    if (accepted == entries.size()) {
      return entries.stream().map(_ -> true).toList();
    }
    return entries.stream().map(e -> events.exists(e.id())).toList();
  }
}
