package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Texts;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    description = {
      "Begins a new execution at a step of an old one. Steps before it are not run again, as far as the",
      "definition says the same of them."
    })
final class ForkExecutionCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "an execution")
  private String id = "";

  @Option(
      names = "--from",
      paramLabel = "STEP",
      required = true,
      description = "the first step that runs again")
  private String from = "";

  @Option(
      names = "--input",
      paramLabel = "JSON",
      description = "another input; @FILE reads a file (default: that of the original)")
  private @Nullable String input;

  @Option(
      names = "--workflow-version",
      paramLabel = "N",
      description = "another version of the workflow (default: that of the original)")
  private @Nullable Integer version;

  @Option(
      names = "--outputs",
      paramLabel = "JSON",
      description = "by step, what it is to have given; @FILE reads a file")
  private @Nullable String outputs;

  @Option(names = "--no-wait", description = "do not follow the new execution")
  private boolean noWait;

  @Mixin private final ServerOptions server;

  ForkExecutionCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var wish = Json.object().put("fromStep", from);
    put(wish, "input", JsonArgument.read(spec.commandLine(), "--input", input));
    put(wish, "outputs", JsonArgument.read(spec.commandLine(), "--outputs", outputs));
    if (version != null) {
      wish.put("version", version);
    }
    var api = server.api();
    var answer = api.post(Query.path("/executions", id, "fork"), wish);
    if (server.json() || noWait) {
      return Replies.tell(here, server, answer, sentence(answer));
    }
    here.terminal().print(sentence(answer));
    var terminal = here.terminal();
    var board = new Board(terminal.out(), terminal.live(), ExecutionFollower.HIGHEST);
    var ended =
        new ExecutionFollower(api, terminal, board)
            .follow(answer.path("execution").path("executionId").asString(""));
    return WorkflowRunCommand.report(here, ended);
  }

  private static void put(ObjectNode wish, String name, @Nullable JsonNode value) {
    if (value != null) {
      wish.set(name, value);
    }
  }

  private static String sentence(JsonNode answer) {
    var differing = answer.path("differing");
    return "Execution "
        + answer.path("execution").path("executionId").asString("")
        + " begins with what "
        + Texts.count(answer.path("carriedOver").size(), "step")
        + " gave"
        + (differing.isEmpty()
            ? "."
            : "; these were defined in another way and run again: "
                + String.join(", ", differing.valueStream().map(JsonNode::asString).toList())
                + ".");
  }
}
