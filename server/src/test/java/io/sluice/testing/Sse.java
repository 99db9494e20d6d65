package io.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the live stream.
public final class Sse implements AutoCloseable {
  /// What came.
  public record Message(@Nullable String id, String name, String data) {
    public JsonNode json() {
      return JsonMapper.builder().build().readTree(data);
    }
  }

  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final HttpURLConnection connection;
  private final Thread reader;

  private Sse(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    var in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    this.reader = Thread.ofVirtual().start(() -> read(in));
  }

  /// Returns when the stream has begun.
  public static Sse open(Calls calls, @Nullable String lastEventId) throws IOException {
    var connection =
        (HttpURLConnection)
            calls.base().resolve("/api/v1/events/stream").toURL().openConnection();
    connection.setRequestProperty("Accept", "text/event-stream");
    if (lastEventId != null) {
      connection.setRequestProperty("Last-Event-ID", lastEventId);
    }
    return new Sse(connection);
  }

  private void read(BufferedReader in) {
    try {
      String id = null;
      String name = "message";
      var data = new StringBuilder();
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            messages.add(new Message(id, name, data.toString()));
          }
          id = null;
          name = "message";
          data.setLength(0);
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  /// The next message that fits; what does not is dropped.
  public Message next(Predicate<Message> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      var message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("no such event within 30 seconds");
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /// Whether the server has ended the stream.
  public Optional<Boolean> ended() {
    return reader.isAlive() ? Optional.empty() : Optional.of(true);
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
