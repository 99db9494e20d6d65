package io.sluice.testing;

import io.sluice.SluiceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A server in a process of its own, so that it can be killed.
public final class ChildServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(40);

  private final Process process;
  private final Path data;
  private final Path output;

  private ChildServer(Process process, Path data, Path output) {
    this.process = process;
    this.data = data;
    this.output = output;
  }

  /// Starts one on a data directory, with the embedded database.
  public static ChildServer launch(Path data, String... more) {
    try {
      Files.createDirectories(data.getParent());
      var output = Files.createTempFile(data.getParent(), "child-", ".out");
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "--enable-native-access=ALL-UNNAMED",
                  "--add-modules=jdk.incubator.vector",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SluiceServer.class.getName(),
                  "--logging.config=classpath:io/sluice/testing/as-deployed.xml",
                  "--server.port=0",
                  "--sluice.data=" + data));
      command.addAll(List.of(more));
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new ChildServer(process, data, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it is ready.
  public Calls calls() {
    var file = data.resolve("server.json");
    return Await.value(
        "the child is ready",
        START,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("the child has ended: " + output());
          }
          if (!Files.exists(file)) {
            return Optional.empty();
          }
          var json = JsonMapper.builder().build().readTree(Files.readString(file));
          return json.get("pid").asLong() == process.pid()
              ? Optional.of(new Calls(URI.create(json.get("url").asString())))
              : Optional.empty();
        });
  }

  /// What it has printed.
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Process process() {
    return process;
  }

  /// `kill -9`.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As Ctrl-C does.
  ///
  /// @return what it exits with
  public int stop() throws InterruptedException {
    process.destroy();
    return exit();
  }

  public int exit() throws InterruptedException {
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("the child does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
