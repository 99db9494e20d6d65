package io.sluice.cli;

import io.sluice.cli.terminal.Board;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(description = "Follows an execution to its end. Ends with 1 if it does not complete.")
final class WatchExecutionCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "ID", description = "an execution")
  private String id = "";

  @Mixin private final ServerOptions server;

  WatchExecutionCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var terminal = here.terminal();
    var board =
        server.json()
            ? new Board(terminal.err(), false)
            : new Board(terminal.out(), terminal.live(), ExecutionFollower.HIGHEST);
    var ended = new ExecutionFollower(server.api(), terminal, board).follow(id);
    if (server.json()) {
      server.print(ended);
      return WorkflowRunCommand.exit(ended);
    }
    return WorkflowRunCommand.report(here, ended);
  }
}
