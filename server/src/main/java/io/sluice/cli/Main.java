package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice`. Started by the launcher.
@Command(
    name = "sluice",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Runs multi-step work durably on PostgreSQL.",
      "",
      "First steps: `sluice demo` shows it at work on its own guide; `sluice serve` starts a server;",
      "`sluice ingest FILE…` and `sluice search \"…\"` use it.",
      ""
    })
public final class Main {
  private Main() {}

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(commandLine(Surroundings.ofThisProcess()).execute(args));
  }

  /// The commands, ready to execute.
  static CommandLine commandLine(Surroundings here) {
    var line =
        new CommandLine(new Main())
            .addSubcommand("demo", new DemoCommand(here))
            .addSubcommand("serve", new ServeCommand(here))
            .addSubcommand("ingest", new IngestCommand(here))
            .addSubcommand("search", new SearchCommand(here))
            .addSubcommand("workflow", WorkflowCommand.withSubcommands(here))
            .addSubcommand("executions", ExecutionsCommand.withSubcommands(here))
            .addSubcommand("jobs", JobsCommand.withSubcommands(here))
            .addSubcommand("dead-letters", new DeadLettersCommand(here))
            .addSubcommand("queues", QueuesCommand.withSubcommands(here))
            .addSubcommand("sql", new SqlCommand(here))
            .addSubcommand("test", TestCommand.withSubcommands(here))
            .addSubcommand("version", new VersionCommand(here));
    dress(line.getCommandSpec());
    var terminal = here.terminal();
    return line.setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // `--input @file` is the option's to read.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(new Failures(terminal));
  }

  /// Gives a command and all below it `--help` and the exit codes.
  private static void dress(CommandSpec spec) {
    spec.mixinStandardHelpOptions(true).versionProvider(() -> new String[] {Version.line()});
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(Exit.described())
        .commandListHeading("%nCommands:%n")
        .width(100);
    for (var below : List.copyOf(spec.subcommands().values())) {
      dress(below.getCommandSpec());
    }
  }
}
