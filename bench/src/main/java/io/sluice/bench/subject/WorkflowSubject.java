package io.sluice.bench.subject;

import io.sluice.SluiceServer;
import io.sluice.bench.postgres.Database;
import io.sluice.engine.TenantId;
import io.sluice.engine.engine.Engine;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Reference;
import io.sluice.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/// Workflows, executed by the whole server in this process. Started through its Java door, so that
/// HTTP is not measured.
public final class WorkflowSubject implements Subject, WithSteps, WithThreeSteps, WithFanOut {
  private static final int CONCURRENCY = 2000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String NONE_READY =
      "select not exists (select 1 from sluice_engine.job where ready)";
  private static final String UNFINISHED =
      "select count(*) from sluice_engine.job where finished_at is null";

  private static final String FIVE = chain("five", STEPS);
  private static final String THREE = chain("three", 3);
  private static final String EACH =
      """
      name: each
      steps:
        - id: loop
          type: FOR_EACH
          config:
            items: "[1..input.n]"
            concurrency: 10000
            steps: [{id: noop, type: DATA_TRANSFORM, config: {expression: item}}]
      output: "${$count(steps.loop.output)}"
      """;

  private final Database database;
  private final Probe probe;
  private final Path data;
  private @Nullable ConfigurableApplicationContext server;

  public WorkflowSubject(Database database) {
    this.database = database;
    this.probe = new Probe(database);
    try {
      this.data = Files.createTempDirectory("bench-workflows");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Steps that do nothing, one after the other.
  private static String chain(String name, int steps) {
    var text = new StringBuilder("name: " + name + "\nsteps:\n");
    for (int i = 0; i < steps; i++) {
      text.append(
          "  - {id: s%d, type: DATA_TRANSFORM, config: {expression: \"%d\"}".formatted(i, i));
      text.append(i == 0 ? "}\n" : ", dependsOn: [s%d]}\n".formatted(i - 1));
    }
    return text.toString();
  }

  @Override
  public String name() {
    return "workflows";
  }

  @Override
  public String version() {
    return "this tree";
  }

  @Override
  public Map<Question, String> settings() {
    var run = "concurrency=%d, pool=20".formatted(CONCURRENCY);
    return Map.of(
        Question.STEPS, run + ", five DATA_TRANSFORM steps, one after the other",
        Question.ALONE, run + ", three DATA_TRANSFORM steps",
        Question.FANOUT, run + ", FOR_EACH with a DATA_TRANSFORM step, concurrency 10000",
        Question.IDLE, "the whole server, nobody asks it anything");
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void prepare() {
    startWorker(Mode.STEPS);
    for (var definition : List.of(FIVE, THREE, EACH)) {
      bean(Workflows.class)
          .create(TenantId.DEFAULT, new Source(definition, SourceFormat.YAML), "bench");
    }
    stopWorker();
  }

  private <T> T bean(Class<T> type) {
    if (server == null) {
      throw new IllegalStateException("no worker");
    }
    return server.getBean(type);
  }

  private static ExecutionRequest request(String workflow, @Nullable Object input) {
    return ExecutionRequest.manual(Reference.latest(workflow), input, "bench");
  }

  @Override
  public void enqueueAll(int jobs) {
    throw new UnsupportedOperationException("workflows are asked for steps only");
  }

  @Override
  public Enqueued enqueueOne(int index) {
    throw new UnsupportedOperationException("workflows are asked for steps only");
  }

  @Override
  public Future<Handled> expect(Mode mode, int jobs) {
    throw new UnsupportedOperationException("workflows are asked for steps only");
  }

  @Override
  public void startWorker(Mode mode) {
    server =
        SluiceServer.start(
            "--server.port=0",
            "--sluice.data=" + data,
            "--sluice.database-url=" + database.jdbcUrl(),
            "--sluice.workflow-concurrency=" + CONCURRENCY,
            "--logging.file.name=" + data.resolve("sluice.log"),
            "--logging.level.root=error",
            "--logging.level.io.sluice=error");
  }

  @Override
  public void runFunctions(int functions) throws Exception {
    if (functions == 1) {
      one(request("five", null));
      return;
    }
    var inputs = new ArrayList<@Nullable Object>(functions);
    for (int i = 0; i < functions; i++) {
      inputs.add(Map.of("n", i));
    }
    bean(Executions.class).startAll(TenantId.DEFAULT, request("five", null), inputs);
    while (!isDrained()) {
      Thread.sleep(Duration.ofMillis(2));
    }
  }

  @Override
  public int functionsPerRound(int asked) {
    return 2 * asked;
  }

  @Override
  public void runThree() {
    one(request("three", null));
  }

  @Override
  public void runItems(int items) {
    one(request("each", Map.of("n", items)));
  }

  private void one(ExecutionRequest request) {
    var executions = bean(Executions.class);
    var id = executions.start(TenantId.DEFAULT, request).id();
    var view = executions.await(TenantId.DEFAULT, id, PATIENCE);
    if (view.isEmpty() || view.get().error() != null) {
      throw new IllegalStateException("execution " + id + " did not end well: " + view);
    }
  }

  @Override
  public void stopWorker() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /// A job stops to keep the worker busy when its end is committed.
  @Override
  public boolean isDrained() throws SQLException {
    return (server == null || bean(Engine.class).busy() == 0) && probe.isTrue(NONE_READY);
  }

  @Override
  public long unfinished() throws SQLException {
    return probe.number(UNFINISHED);
  }

  @Override
  public void close() throws SQLException {
    stopWorker();
    probe.close();
  }
}
