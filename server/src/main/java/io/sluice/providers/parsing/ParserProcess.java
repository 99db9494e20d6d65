package io.sluice.providers.parsing;

import io.sluice.providers.ParseError;
import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseOutcome.Refused;
import io.sluice.providers.ParseProgress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One child process, used by one thread at a time. After any refusal that is transient it is dead
/// and must be replaced.
final class ParserProcess implements AutoCloseable {

  private static final Duration START_TIME = Duration.ofSeconds(90);
  private static final Duration EXIT_TIME = Duration.ofSeconds(10);

  private final Path directory;
  private final Process process;
  private final DataOutputStream requests;
  private final BlockingQueue<Wire.Frame> frames = new LinkedBlockingQueue<>();
  private final StderrTail stderr;
  private int files;

  private ParserProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.stderr = new StderrTail(process.getErrorStream());
    Thread.ofPlatform().daemon().name("parser-stderr").start(stderr);
    Thread.ofPlatform().daemon().name("parser-frames").start(this::readFrames);
  }

  /// Returns once the child has loaded its parsers.
  static ParserProcess start(ParserLaunch launch, Path temporary) throws InterruptedException {
    ParserProcess child;
    try {
      Path directory = OwnDirectory.create(temporary);
      List<String> command = new ArrayList<>(launch.command());
      command.add(1, "-Djava.io.tmpdir=" + directory);
      var builder = new ProcessBuilder(command);
      // What the user's shell sets for Java is not meant for this one, and would print on stderr.
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().remove("JDK_JAVA_OPTIONS");
      child = new ParserProcess(directory, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the parser process cannot be started", e);
    }
    child.awaitReady();
    return child;
  }

  private void awaitReady() throws InterruptedException {
    boolean ready = false;
    try {
      ready = frames.poll(START_TIME.toMillis(), TimeUnit.MILLISECONDS) instanceof Wire.Frame.Ready;
    } finally {
      if (!ready) {
        close();
      }
    }
    if (!ready) {
      throw new UncheckedIOException(
          new IOException("the parser process did not start: " + stderr.lastLine()));
    }
  }

  private void readFrames() {
    try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      Wire.Frame frame;
      do {
        frame = Wire.readFrame(in);
        frames.add(frame);
      } while (!(frame instanceof Wire.Frame.Ended));
    } catch (IOException | RuntimeException _) {
      // Not a frame. The child is not killed here, so that its own exit code can still tell why it
      // is ending.
      frames.add(new Wire.Frame.Ended());
    }
  }

  ParseOutcome parse(Path file, ParseLimits limits, ParseProgress progress)
      throws InterruptedException {
    files++;
    Path result = directory.resolve("result");
    boolean answered = false;
    try {
      var request = new Wire.Request(file.toAbsolutePath(), result, limits.maxOutputChars());
      if (!send(request)) {
        return crashed();
      }
      ParseOutcome outcome = await(result, limits, progress);
      answered = !(outcome instanceof Refused refused && refused.transientFailure());
      return outcome;
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private boolean send(Wire.Request request) {
    try {
      request.write(requests);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private ParseOutcome await(Path result, ParseLimits limits, ParseProgress progress)
      throws InterruptedException {
    long deadline = System.nanoTime() + limits.totalTime().toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      long patience = Math.min(left, limits.silentTime().toNanos());
      Wire.Frame frame = frames.poll(Math.max(patience, 0), TimeUnit.NANOSECONDS);
      switch (frame) {
        case null -> {
          return timedOut(limits, left <= limits.silentTime().toNanos());
        }
        case Wire.Frame.Reached(int parts) -> progress.reached(parts);
        case Wire.Frame.Ready() -> {}
        case Wire.Frame.Refuse(Refused refused) -> {
          return refused;
        }
        case Wire.Frame.Done() -> {
          return read(result);
        }
        case Wire.Frame.Ended() -> {
          return crashed();
        }
      }
    }
  }

  private static ParseOutcome read(Path result) {
    try {
      ParseOutcome parsed = Wire.readResult(result);
      Files.delete(result);
      return parsed;
    } catch (IOException e) {
      throw new UncheckedIOException("the parser's result cannot be read", e);
    }
  }

  private static Refused timedOut(ParseLimits limits, boolean total) {
    String message =
        total
            ? "Parsing took longer than %d s and was stopped."
                .formatted(limits.totalTime().toSeconds())
            : "Parsing made no progress for %d s and was stopped."
                .formatted(limits.silentTime().toSeconds());
    return new Refused(
        ParseError.TIMEOUT,
        message + " Try again when the machine is less busy, or split the document.");
  }

  private Refused crashed() throws InterruptedException {
    Integer exit = exitCode();
    if (exit != null && exit == ParserMain.EXIT_OUT_OF_MEMORY) {
      return new Refused(
          ParseError.OUT_OF_MEMORY,
          "Parsing needed more memory than it may use. Split the document, or give the parser more memory.");
    }
    return new Refused(
        ParseError.CRASHED,
        "The parser process ended (exit code %s) while it read this file: %s"
            .formatted(exit, stderr.lastLine()));
  }

  private @Nullable Integer exitCode() throws InterruptedException {
    return process.waitFor(EXIT_TIME.toMillis(), TimeUnit.MILLISECONDS)
        ? process.exitValue()
        : null;
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  int files() {
    return files;
  }

  /// Kills the child if it still lives. Nothing of value is lost: results are read before they are
  /// reported.
  @Override
  public void close() {
    process.destroyForcibly();
    // SIGKILL is not instant, and a dying child may still write into its directory.
    process
        .onExit()
        .orTimeout(EXIT_TIME.toMillis(), TimeUnit.MILLISECONDS)
        .handle((p, e) -> p)
        .join();
    OwnDirectory.delete(directory);
  }
}
