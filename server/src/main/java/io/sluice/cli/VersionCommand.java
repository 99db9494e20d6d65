package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(description = "Prints which version this is.")
final class VersionCommand implements Callable<Integer> {
  private final Surroundings here;

  VersionCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    here.terminal().print(Version.line());
    return Exit.OK;
  }
}
