package io.sluice.engine.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another Java process that starts a server, so that tests can kill it.
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(List<String> prefix, String classPath, Path dataDirectory, Path binaries)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(dataDirectory.toString(), binaries.toString()));
    this.process =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.output = process.inputReader();
  }

  static ChildJvm start(Path dataDirectory) throws IOException {
    return new ChildJvm(
        List.of(), System.getProperty("java.class.path"), dataDirectory, TestServers.binaries());
  }

  static ChildJvm startAs(List<String> user, String classPath, Path directory) throws IOException {
    return new ChildJvm(user, classPath, directory.resolve("data"), directory.resolve("binaries"));
  }

  /// `UP postmaster port`, or `PROBLEM code message`.
  String report() throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("UP ") || line.startsWith("PROBLEM ")) {
        return line;
      }
    }
    return "ended without a word";
  }

  long postmaster() throws IOException {
    return Long.parseLong(report().split(" ")[1]);
  }

  long pid() {
    return process.pid();
  }

  /// `kill -9`: nothing that the process would like to do at its end is done.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As a service manager or Ctrl-C would: only shutdown hooks run.
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /// Lets it stop its server and end by itself.
  void finish() throws IOException, InterruptedException {
    process.outputWriter().close();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Starts a server and keeps it until its standard input ends.
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      var settings =
          PostgresSettings.in(Path.of(arguments[0])).withBinaryCache(Path.of(arguments[1]));
      try (var postgres = EmbeddedPostgres.start(settings)) {
        System.out.println("UP " + postgres.processId() + " " + postgres.port());
        while (System.in.read() >= 0) {}
      } catch (PostgresProblem e) {
        System.out.println("PROBLEM " + e.code() + " " + e.getMessage());
      }
    }
  }
}
