package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class WorkflowCommandsTest {
  private static final String ID = "01990000-0000-7000-8000-000000000001";
  private static final String DEFINITION =
      "name: greet\nsteps:\n  - {id: say, type: DATA_TRANSFORM, config: {expression: \"'hello ' & input.name\"}}\n";
  private static final String WORKFLOW =
      "{\"id\":\"w\",\"name\":\"greet\",\"version\":3,\"changed\":true}";

  @TempDir Path home;
  private FakeServer server;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    file = Files.writeString(home.resolve("greet.yaml"), DEFINITION);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(home, Map.of("SLUICE_URL", server.url().toString()), args);
  }

  private static String execution(String status, String more) {
    return "{\"executionId\":\""
        + ID
        + "\",\"type\":\"workflow\",\"name\":\"greet\",\"version\":3,\"status\":\""
        + status
        + "\",\"held\":false,\"durationMillis\":1200"
        + more
        + "}";
  }

  private static String steps(String state, String more) {
    return "{\"items\":[{\"stepId\":\"say\",\"type\":\"DATA_TRANSFORM\",\"state\":\""
        + state
        + "\",\"attempts\":1"
        + more
        + "}]}";
  }

  private void executes(String ended, String more) {
    server
        .on("POST /workflows", 201, WORKFLOW)
        .on("POST /workflows/greet/execute", 202, execution("queued", ""))
        .on("GET /executions/" + ID, execution("running", ""))
        .on("GET /executions/" + ID, execution(ended, more))
        .on("GET /executions/" + ID + "/steps", steps("running", ""))
        .on("GET /executions/" + ID + "/steps", steps(ended, ",\"durationMillis\":40"));
  }

  @Test
  void runsAFileAndShowsItsStepsAndWhatItGave() {
    executes("completed", ",\"output\":\"hello ann\"");
    var run = run("workflow", "run", file.toString(), "--input", "{\"name\":\"ann\"}");
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .contains(
            "greet v3 " + ID,
            "say: running",
            "say: completed  40 ms",
            "completed in 1.2 s",
            "hello ann");
    assertThat(server.asked())
        .contains("POST /workflows/greet/execute {\"input\":{\"name\":\"ann\"},\"version\":3}");
  }

  @Test
  void endsWithOneWhenTheExecutionFails() throws IOException {
    executes("failed", ",\"error\":{\"code\":\"BOOM\",\"message\":\"it broke\",\"step\":\"say\"}");
    Files.writeString(home.resolve("in.json"), "{\"name\":\"bob\"}");
    var run = run("workflow", "run", file.toString(), "--input", "@" + home.resolve("in.json"));
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("failed in 1.2 s: say: BOOM: it broke");
    assertThat(server.asked())
        .contains("POST /workflows/greet/execute {\"input\":{\"name\":\"bob\"},\"version\":3}");
  }

  @Test
  void printsTheExecutionAsJson() {
    executes("completed", ",\"output\":1");
    var run = run("workflow", "run", file.toString(), "-o", "json");
    assertThat(JsonMapper.builder().build().readTree(run.out()).get("output").asInt()).isEqualTo(1);
  }

  @Test
  void pushesAnotherVersionWhenTheNameIsTaken() {
    server
        .on("POST /workflows", 409, "{\"code\":\"WORKFLOW_NAME_TAKEN\",\"detail\":\"taken\"}")
        .on("PUT /workflows/greet", WORKFLOW);
    var run = run("workflow", "push", file.toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(run.out()).contains("Workflow greet is at version 3.");
  }

  @Test
  void saysAllThatIsWrongWithADefinition() {
    server.on(
        "POST /workflows/validate",
        "{\"valid\":false,\"errors\":[{\"code\":\"X\",\"pointer\":\"/steps/0\",\"line\":2,\"detail\":\"is wrong\"}],\"warnings\":[]}");
    var run = run("workflow", "validate", file.toString());
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("greet.yaml:2: error: /steps/0 is wrong");
  }

  @Test
  void testsAFileWithoutAServer() throws IOException {
    var tests = home.resolve("greet.test.yaml");
    Files.writeString(
        tests,
        """
        workflow: greet.yaml
        cases:
          - {name: greets, input: {name: ann}, expect: {output: hello ann}}
          - {name: greets otherwise, input: {name: bob}, expect: {output: good day}}
        """);
    var run = CommandRun.of(home, Map.of(), "workflow", "test", tests.toString());
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("✓ greets", "✗ greets otherwise", "1 of 2 cases passed");
  }

  @Test
  void listsExecutionsAndShowsOne() {
    server
        .on("GET /executions", "{\"items\":[" + execution("failed", "") + "]}")
        .on("GET /executions/" + ID, execution("completed", ",\"output\":{\"n\":1}"))
        .on("GET /executions/" + ID + "/steps", steps("completed", ""));
    var list = run("executions", "--status", "failed", "--label", "a=b");
    assertThat(list.out()).contains(ID, "greet v3", "failed");
    assertThat(server.asked()).contains("GET /executions?status=failed&label=a%3Db&limit=20");
    assertThat(run("executions", ID).out()).contains("greet v3", "completed", "✓ say");
  }

  @Test
  void turnsForksAndSignals() {
    var path = "POST /executions/" + ID;
    server
        .on(path + "/cancel", execution("cancelled", ""))
        .on(path + "/retry", 202, execution("queued", ""))
        .on(path + "/signals/go", 204, "")
        .on(path + "/signals/ask", 204, "")
        .on(
            path + "/fork",
            202,
            "{\"execution\":"
                + execution("queued", "")
                + ",\"carriedOver\":[\"a\",\"b\"],\"differing\":[\"c\"]}");
    assertThat(run("executions", "cancel", ID).out()).contains("is cancelled");
    assertThat(run("executions", "retry", ID).out()).contains("goes on");
    assertThat(run("executions", "signal", ID, "go", "--payload", "1").out()).contains("was sent");
    assertThat(run("executions", "signal", ID, "ask", "--item", "3,0").out()).contains("was sent");
    assertThat(run("executions", "fork", ID, "--from", "say", "--no-wait").out())
        .contains("begins with what 2 steps gave", "run again: c");
    assertThat(server.asked())
        .contains(
            path + "/signals/ask?item=3%2C0",
            path + "/signals/go 1",
            path + "/fork {\"fromStep\":\"say\"}");
  }

  @Test
  void countsBeforeItDoesSomethingToMany() {
    server
        .on("POST /executions/bulk", "{\"matched\":7,\"confirm\":\"c\"}")
        .on("POST /executions/bulk", 202, "{\"bulkId\":\"" + ID + "\",\"status\":\"queued\"}")
        .on(
            "GET /executions/bulk/" + ID,
            "{\"bulkId\":\""
                + ID
                + "\",\"status\":\"completed\",\"matched\":7,\"done\":7,\"changed\":6}");
    var done = run("executions", "bulk", "retry", "--status", "failed", "--yes");
    assertThat(done.exit()).as(done.err()).isEqualTo(Exit.OK);
    assertThat(done.out()).contains("6 of 7 executions: retry");
    assertThat(server.asked().get(1)).contains("\"confirm\":\"c\"");
  }

  @Test
  void drawsStepsAsATreeOnATerminal() {
    var out = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            100,
            false);
    var steps =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                [{"stepId":"route","type":"CONDITIONAL","state":"running","attempts":1},
                 {"stepId":"inner","type":"WAIT","state":"waiting","parent":"route","attempts":1,"dueAt":"2026-01-01T00:00:00Z"},
                 {"stepId":"each","type":"FOR_EACH","state":"running","attempts":1,"items":{"total":4,"completed":1,"failed":1,"running":2}}]
                """);
    new Board(terminal.out(), true, 20).show(StepRow.forSteps(terminal, steps).rows(steps, false));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "▸ route",
            "…   inner",
            "due 2026-01-01 00:00:00.000Z",
            "██████████··········",
            "2/4, 1 failed");
  }
}
