package io.sluice.cli;

import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Texts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(description = "Says why a job is not running: every reason that holds now.")
final class ExplainJobCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "ID", description = "a job")
  private String id = "";

  @Mixin private final ServerOptions server;

  ExplainJobCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var job = server.api().get(Query.path("/jobs", id));
    if (server.json()) {
      server.print(job.path("why"));
    } else {
      job.path("why").forEach(why -> here.terminal().print(Texts.harmless(why.asString(""))));
    }
    return Exit.OK;
  }
}
