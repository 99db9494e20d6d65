package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// graphile-worker in a Node process of its own (`js/graphile.mjs`), which enqueues and handles as
/// one program.
///
/// Of what was tried, its local queue with batched completion was best, both for a backlog and for
/// a single job.
public final class GraphileSubject implements Subject {
  private static final String IS_EMPTY =
      "select not exists (select 1 from graphile_worker._private_jobs)";
  private static final String COUNT = "select count(*) from graphile_worker._private_jobs";

  private final Database database;
  private final Path scripts;
  private final Probe probe;
  private @Nullable NodeProcess node;
  private String version = "unknown";

  public GraphileSubject(Database database, Path scripts) {
    this.database = database;
    this.scripts = scripts;
    this.probe = new Probe(database);
  }

  @Override
  public String name() {
    return "graphile-worker";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Map<Question, String> settings() {
    var worker =
        "LISTEN/NOTIFY, localQueue.size=2000, completeJobBatchDelay=5, concurrentJobs=24,"
            + " maxPoolSize=10, pollInterval=1000ms, finish by delete";
    return Map.of(
        Question.ENQUEUE, "addJobs, 5000 to a call, 2 calls in flight",
        Question.DRAIN, worker,
        Question.PICKUP, worker,
        Question.COST, worker,
        Question.IDLE, worker);
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void prepare() throws Exception {
    node =
        NodeProcess.start(scripts, "graphile.mjs", Map.of("DATABASE_URL", database.postgresUrl()));
    version = String.join(", Node ", node().ask("prepare"));
  }

  @Override
  public void enqueueAll(int jobs) throws Exception {
    node().ask("enqueue-all", jobs);
  }

  @Override
  public Enqueued enqueueOne(int index) throws Exception {
    var instants = node().ask("enqueue-one", index);
    return new Enqueued(Long.parseLong(instants[0]), Long.parseLong(instants[1]));
  }

  @Override
  public Future<Handled> expect(Mode mode, int jobs) throws Exception {
    return node().order("expect", jobs, mode).thenApply(GraphileSubject::handled);
  }

  private static Handled handled(String[] instants) {
    var nanos = Arrays.stream(instants).map(Long::valueOf).toList();
    return new Handled(nanos.getFirst(), nanos.subList(1, nanos.size()));
  }

  @Override
  public void startWorker(Mode mode) throws Exception {
    node().ask("start");
  }

  @Override
  public void stopWorker() throws Exception {
    node().ask("stop");
  }

  @Override
  public boolean isDrained() throws SQLException {
    return probe.isTrue(IS_EMPTY);
  }

  @Override
  public long unfinished() throws SQLException {
    return probe.number(COUNT);
  }

  @Override
  public List<ProcessHandle> processes() {
    return node == null ? List.of() : List.of(node.handle());
  }

  @Override
  public void close() throws Exception {
    if (node != null) {
      node.close();
    }
    probe.close();
  }

  private NodeProcess node() {
    if (node == null) {
      throw new IllegalStateException("not prepared");
    }
    return node;
  }
}
