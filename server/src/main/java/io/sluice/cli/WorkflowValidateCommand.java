package io.sluice.cli;

import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Texts;
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
      "Checks a definition and keeps nothing. Says all that is wrong, with its place; ends with 1 then."
    })
final class WorkflowValidateCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a definition, YAML or JSON")
  private Path file = Path.of("");

  @Mixin private final ServerOptions server;

  WorkflowValidateCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var source = WorkflowFile.read(spec.commandLine(), file);
    var answer =
        server
            .api()
            .send("POST", Query.path("/workflows/validate"), source.text(), source.contentType());
    boolean valid = answer.path("valid").asBoolean(false);
    if (server.json()) {
      server.print(answer);
    } else {
      answer.path("errors").forEach(finding -> say("error", finding));
      answer.path("warnings").forEach(finding -> say("warning", finding));
      if (valid) {
        here.terminal().print(file + " is valid.");
      }
    }
    return valid ? Exit.OK : Exit.FAILED;
  }

  private void say(String how, JsonNode finding) {
    var line = finding.path("line").asString("");
    here.terminal()
        .print(
            Texts.harmless(
                file
                    + (line.isEmpty() ? "" : ":" + line)
                    + ": "
                    + how
                    + ": "
                    + finding.path("pointer").asString("")
                    + " "
                    + finding.path("detail").asString("")));
  }
}
