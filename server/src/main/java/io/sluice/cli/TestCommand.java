package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Only its help: the launcher runs the tests itself, since nothing needs to be built for that.
@Command(
    customSynopsis = "sluice test [MAVEN OPTION…]",
    description = {
      "Builds everything and runs all tests: `mvn verify` under the right JDK. Prints how many passed, failed",
      "and were skipped, and ends with Maven's exit code.",
      "",
      "Options go to Maven, e.g. `sluice test -pl engine` or `sluice test -Dtest=ChunkerTest -Dsurefire.failIfNoSpecifiedTests=false`."
    })
final class TestCommand implements Callable<Integer> {
  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "The tests are started by the launcher: ./sluice test");
  }
}
