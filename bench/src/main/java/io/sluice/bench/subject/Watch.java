package io.sluice.bench.subject;

import io.sluice.bench.subject.WithWatcher.Seen;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A client of a run's stream. What it hears it keeps as it comes; what that was it looks up
/// afterwards, so that reading JSON is not measured.
final class Watch implements AutoCloseable {
  private record Line(String text, Instant arrived) {}

  private final BufferedReader stream;
  private final InstantSource clock;
  private final int changes;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<List<Line>> heard = new CompletableFuture<>();

  /// @param changes of executions, after which it has heard enough
  Watch(BufferedReader stream, int changes, InstantSource clock) {
    this.stream = stream;
    this.changes = changes;
    this.clock = clock;
    Thread.ofPlatform().daemon().name("watcher").start(this::read);
  }

  private void read() {
    var lines = new ArrayList<Line>(changes);
    try {
      @Nullable String line;
      while (lines.size() < changes && (line = stream.readLine()) != null) {
        if (line.startsWith("event:run")) {
          begun.countDown();
        } else if (line.startsWith("data:") && line.contains("\"code\":\"test.execution.")) {
          lines.add(new Line(line, clock.instant()));
        }
      }
      heard.complete(lines);
    } catch (IOException | RuntimeException e) {
      heard.completeExceptionally(e);
    }
  }

  /// From here on it misses nothing.
  void awaitBegun(Duration patience) throws InterruptedException, TimeoutException {
    if (!begun.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException("the stream has not begun");
    }
  }

  List<Seen> heard(Duration patience) throws Exception {
    return heard.get(patience.toMillis(), TimeUnit.MILLISECONDS).stream()
        .map(line ->
            new Seen(
                Instant.parse(
                    Api.json(line.text().substring("data:".length())).get("at").asString()),
                line.arrived()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
