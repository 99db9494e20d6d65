package io.sluice.providers.parsing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseOutcome.Refused;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// The parser process: reads requests from stdin, answers on stdout, ends with its parent.
public final class ParserMain {

  /// What the JVM itself exits with under `-XX:+ExitOnOutOfMemoryError`.
  static final int EXIT_OUT_OF_MEMORY = 3;

  private static final long PROGRESS_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DataOutputStream frames;
  private final BlockingQueue<Wire.Request> requests = new LinkedBlockingQueue<>();
  private long nextProgressNanos = System.nanoTime();

  private ParserMain(DataOutputStream frames) {
    this.frames = frames;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var out = new FileOutputStream(FileDescriptor.out);
    InputStream in = System.in;
    // Libraries that print must not print into the frames, nor read the requests.
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    quietLogs();
    var main = new ParserMain(new DataOutputStream(new BufferedOutputStream(out)));
    Thread.ofPlatform().name("requests").daemon().start(() -> main.readRequests(in));
    main.serve();
  }

  private static void quietLogs() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.ERROR);
    }
  }

  /// Reads ahead in a thread of its own, so that the end of stdin, which is the parent's death, is
  /// noticed in the middle of a parse.
  private void readRequests(InputStream in) {
    try (var data = new DataInputStream(in)) {
      while (true) {
        requests.add(Wire.Request.read(data));
      }
    } catch (IOException end) {
      OwnDirectory.delete(Path.of(System.getProperty("java.io.tmpdir")));
      Runtime.getRuntime().halt(0);
    }
  }

  private void serve() throws IOException, InterruptedException {
    var extraction = new TikaExtraction();
    Wire.write(frames, new Wire.Frame.Ready());
    while (true) {
      Wire.Request request = requests.take();
      Wire.write(frames, answer(extraction, request));
    }
  }

  private Wire.Frame answer(TikaExtraction extraction, Wire.Request request) throws IOException {
    nextProgressNanos = System.nanoTime();
    try {
      ParseOutcome outcome =
          extraction.extract(request.file(), request.maxOutputChars(), this::reached);
      return switch (outcome) {
        case Refused refused -> new Wire.Frame.Refuse(refused);
        case Parsed parsed -> {
          Wire.writeResult(request.result(), parsed);
          yield new Wire.Frame.Done();
        }
      };
    } catch (OutOfMemoryError error) {
      // Thrown by a library, not by the JVM. What it left behind is not to be trusted either.
      Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY);
      throw error;
    }
  }

  private void reached(int parts) {
    long now = System.nanoTime();
    if (now - nextProgressNanos < 0) {
      return;
    }
    nextProgressNanos = now + PROGRESS_INTERVAL_NANOS;
    try {
      Wire.write(frames, new Wire.Frame.Reached(parts));
    } catch (IOException parentGone) {
      Runtime.getRuntime().halt(0);
    }
  }
}
