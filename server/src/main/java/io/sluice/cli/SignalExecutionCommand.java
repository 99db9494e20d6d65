package io.sluice.cli;

import io.sluice.cli.http.Query;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    description = {
      "Sends a signal to an execution. The answer to a HUMAN_TASK is a signal with the step's id as its name.",
      "Inside of a FOR_EACH, --item says which item is answered."
    })
final class SignalExecutionCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "ID", index = "0", description = "an execution")
  private String id = "";

  @Parameters(paramLabel = "NAME", index = "1", description = "of the signal")
  private String name = "";

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "what it carries; @FILE reads a file (default: nothing)")
  private @Nullable String payload;

  @Option(
      names = "--item",
      paramLabel = "N",
      split = ",",
      description =
          "the item that the step is of, from 0; in a loop in a loop: N,N, outermost first")
  private List<Integer> items = List.of();

  @Mixin private final ServerOptions server;

  SignalExecutionCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var body = JsonArgument.read(spec.commandLine(), "--payload", payload);
    var item = items.stream().map(String::valueOf).collect(Collectors.joining(","));
    var path =
        Query.path("/executions", id, "signals", name).with("item", item.isEmpty() ? null : item);
    var answer = server.api().post(path, body);
    return Replies.tell(here, server, answer, "Signal " + name + " was sent to " + id + ".");
  }
}
