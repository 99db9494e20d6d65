package io.sluice.engine.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs short programs of the operating system to their end.
final class Command {
  /// @param exit the exit code
  /// @param output standard output and error, mixed
  record Outcome(int exit, String output) {
    boolean succeeded() {
      return exit == 0;
    }
  }

  private Command() {}

  /// A program that does not exist is an outcome (127), as in a shell; so is one that is cut off
  /// after its time (124).
  static Outcome run(List<String> arguments, Duration timeout) {
    Process process;
    try {
      process = quiet(arguments).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    var output = CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
    try {
      if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Outcome(process.exitValue(), output.join());
      }
      return new Outcome(124, arguments.getFirst() + " did not end within " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(130, "interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  /// A process that sees nothing of our environment (no `PGDATA`, no secret) and starts in `/`,
  /// because the server user may not be allowed to enter the directory that we run in.
  static ProcessBuilder quiet(List<String> arguments) {
    var builder = new ProcessBuilder(arguments).directory(Path.of("/").toFile());
    var path = System.getenv("PATH");
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", (path == null ? "" : path + ":") + "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder.redirectInput(Path.of("/dev/null").toFile());
  }

  private static String read(Process process) {
    try (var stream = process.getInputStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
