package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import io.sluice.engine.TenantId;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Reference;
import io.sluice.workflow.Workflows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Workflows, executed by the whole server in this process. Started through its Java door, so that
/// HTTP is not measured.
public final class WorkflowSubject extends ServerSubject
    implements WithSteps, WithThreeSteps, WithFanOut {
  private static final int CONCURRENCY = 2000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
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

  public WorkflowSubject(Database database) {
    super(database);
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
  public Map<Question, String> settings() {
    var run = "concurrency=%d, pool=20".formatted(CONCURRENCY);
    return Map.of(
        Question.STEPS, run + ", five DATA_TRANSFORM steps, one after the other",
        Question.ALONE, run + ", three DATA_TRANSFORM steps",
        Question.FANOUT, run + ", FOR_EACH with a DATA_TRANSFORM step, concurrency 10000",
        Question.IDLE, "the whole server, nobody asks it anything");
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
    return server().getBean(type);
  }

  private static ExecutionRequest request(String workflow, @Nullable Object input) {
    return ExecutionRequest.manual(Reference.latest(workflow), input, "bench");
  }

  @Override
  List<String> options() {
    return List.of("--sluice.workflow-concurrency=" + CONCURRENCY);
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
}
