package io.sluice.cli;

import io.sluice.cli.http.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What is done to one execution.
abstract sealed class ChangeExecutionCommand implements Callable<Integer> {
  private final Surroundings here;
  private final String verb;
  private final String sentence;

  @Parameters(paramLabel = "ID", description = "an execution")
  private String id = "";

  @Mixin private final ServerOptions server;

  private ChangeExecutionCommand(Surroundings here, String verb, String sentence) {
    this.here = here;
    this.verb = verb;
    this.sentence = sentence;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var answer = server.api().post(Query.path("/executions", id, verb), null);
    return Replies.tell(here, server, answer, sentence.formatted(id));
  }

  @Command(description = "Cancels an execution with all that it has started.")
  static final class Cancel extends ChangeExecutionCommand {
    Cancel(Surroundings here) {
      super(here, "cancel", "Execution %s is cancelled.");
    }
  }

  @Command(description = "Lets no new step begin; steps that run end.")
  static final class Pause extends ChangeExecutionCommand {
    Pause(Surroundings here) {
      super(here, "pause", "Execution %s is held.");
    }
  }

  @Command(description = "Lets a held execution go on.")
  static final class Resume extends ChangeExecutionCommand {
    Resume(Surroundings here) {
      super(here, "resume", "Execution %s goes on.");
    }
  }

  @Command(
      description = {
        "Sends a failed or cancelled execution on from the step that failed. What was recorded stays."
      })
  static final class Retry extends ChangeExecutionCommand {
    Retry(Surroundings here) {
      super(here, "retry", "Execution %s goes on where it failed.");
    }
  }
}
