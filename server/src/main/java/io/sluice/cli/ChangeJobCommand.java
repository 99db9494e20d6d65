package io.sluice.cli;

import io.sluice.cli.http.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What is done to one job.
abstract sealed class ChangeJobCommand implements Callable<Integer> {
  private final Surroundings here;
  private final String verb;
  private final String sentence;

  @Parameters(paramLabel = "ID", description = "a job")
  private String id = "";

  @Mixin private final ServerOptions server;

  private ChangeJobCommand(Surroundings here, String verb, String sentence) {
    this.here = here;
    this.verb = verb;
    this.sentence = sentence;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var answer = server.api().post(Query.path("/jobs", id, verb), null);
    return Replies.tell(here, server, answer, sentence.formatted(id));
  }

  @Command(
      description = {
        "Sends an ended, waiting or retryable job round again, at once. Steps that were recorded as done stay."
      })
  static final class Retry extends ChangeJobCommand {
    Retry(Surroundings here) {
      super(here, "retry", "Job %s was sent round again.");
    }
  }

  @Command(description = "Cancels a job with all that it has started.")
  static final class Cancel extends ChangeJobCommand {
    Cancel(Surroundings here) {
      super(here, "cancel", "Job %s is cancelled.");
    }
  }
}
