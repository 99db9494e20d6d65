package io.sluice.cli;

import io.sluice.cli.http.ApiProblem;
import io.sluice.cli.http.Unreachable;
import io.sluice.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// What is said, and how the process ends, when a command throws.
record Failures(Terminal terminal) implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult result)
      throws Exception {
    return switch (failure) {
      case ApiProblem problem -> {
        terminal.complain(problem.detail() + " (" + problem.code() + ")");
        problem.faults().forEach(fault -> terminal.note("  " + fault));
        yield Exit.FAILED;
      }
      case Unreachable unreachable -> {
        terminal.complain(unreachable.text());
        terminal.note("Start a server with: ./sluice serve");
        yield Exit.UNREACHABLE;
      }
      case Refused refused -> {
        terminal.complain(refused.text());
        yield Exit.FAILED;
      }
      case ParameterException wrong ->
          line.getParameterExceptionHandler().handleParseException(wrong, new String[0]);
      default -> throw failure;
    };
  }
}
