package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Alone it is only its help: the launcher runs the project's own tests itself, since nothing needs
/// to be built for that. With a subcommand it is about the user's tests.
@Command(
    customSynopsis = {"sluice test [MAVEN OPTION…]", "   or: sluice test COMMAND …"},
    description = {
      "Without a command: builds everything and runs all tests of Sluice itself: `mvn verify` under the right JDK.",
      "Prints how many passed, failed and were skipped, and ends with Maven's exit code. Options go to Maven, e.g.",
      "`sluice test -pl engine` or `sluice test -Dtest=ChunkerTest -Dsurefire.failIfNoSpecifiedTests=false`.",
      "",
      "With a command: works with your own tests, which a server keeps and runs."
    })
final class TestCommand implements Callable<Integer> {
  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  private TestCommand() {}

  static CommandLine withSubcommands(Surroundings here) {
    return new CommandLine(new TestCommand())
        .addSubcommand("validate", new TestPushCommand.Validate(here))
        .addSubcommand("push", new TestPushCommand.Push(here))
        .addSubcommand("pull", new TestPullCommand(here))
        .addSubcommand("run", new TestRunCommand(here))
        .addSubcommand("report", new TestReportCommand(here));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "The tests are started by the launcher: ./sluice test");
  }
}
