package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.ApiProblem;
import io.sluice.cli.http.Query;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    description = {
      "Makes a workflow of a definition in a file, or a new version of the workflow of that name. The same",
      "definition again changes nothing."
    })
final class WorkflowPushCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a definition, YAML or JSON")
  private Path file = Path.of("");

  @Mixin private final ServerOptions server;

  WorkflowPushCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var saved = push(server.api(), WorkflowFile.read(spec.commandLine(), file));
    return Replies.tell(
        here,
        server,
        saved,
        "Workflow "
            + saved.path("name").asString("")
            + " is at version "
            + saved.path("version").asString("")
            + ".");
  }

  /// Creates or updates.
  ///
  /// @return the workflow
  static JsonNode push(Api api, WorkflowFile file) {
    try {
      return workflow(api.send("POST", Query.path("/workflows"), file.text(), file.contentType()));
    } catch (ApiProblem e) {
      if (!e.code().equals("WORKFLOW_NAME_TAKEN")) {
        throw e;
      }
      return workflow(
          api.send("PUT", Query.path("/workflows", file.name()), file.text(), file.contentType()));
    }
  }

  private static JsonNode workflow(JsonNode answer) {
    return answer.has("workflow") ? answer.path("workflow") : answer;
  }
}
