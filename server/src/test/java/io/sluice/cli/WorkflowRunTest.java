package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The commands on a real server.
class WorkflowRunTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("sluice.root", ".."), "examples", "workflows");

  @TempDir Path home;

  private CommandRun run(String... args) {
    return CommandRun.of(home, Map.of("SLUICE_URL", SharedServer.calls().base().toString()), args);
  }

  @Test
  void runsAnExampleShowsItAndForksIt() {
    var file = EXAMPLES.resolve("data-transform.yaml").toString();
    var input = "{\"lines\":[{\"price\":10,\"quantity\":2}]}";
    var run = run("workflow", "run", file, "--input", input, "-o", "json");
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    var ended = JsonMapper.builder().build().readTree(run.out());
    assertThat(ended.at("/output/gross").asInt()).isEqualTo(24);
    var id = ended.get("executionId").asString();
    assertThat(run("workflow", "run", file, "--input", input).out())
        .contains("net: completed", "total: completed", "completed in", "\"gross\"");
    assertThat(run("executions", id).out()).contains("example-data-transform v1", "✓ total");
    var fork = run("executions", "fork", id, "--from", "total");
    assertThat(fork.exit()).as(fork.err()).isEqualTo(Exit.OK);
    assertThat(fork.out()).contains("begins with what 1 step gave", "completed in");
    assertThat(run("workflow", "list").out()).contains("example-data-transform");
    assertThat(run("workflow", "show", "example-data-transform").out())
        .contains("$sum(input.lines");
    assertThat(run("workflow", "validate", file).out()).contains("is valid");
  }

  @Test
  void endsWithOneWhenTheInputIsRefused() {
    var file = EXAMPLES.resolve("data-transform.yaml").toString();
    var run = run("workflow", "run", file, "--input", "{}");
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.err()).contains("INVALID_INPUT", "/input");
  }
}
