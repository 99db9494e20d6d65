package io.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
  private final HttpClient client;
  private final Thread reader;

  private Sse(HttpClient client, InputStream body) {
    this.client = client;
    var in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.reader = Thread.ofVirtual().start(() -> read(in));
  }

  /// Returns when the stream has begun.
  public static Sse open(Calls calls, @Nullable String lastEventId) throws Exception {
    return open(calls, "/api/v1/events/stream", lastEventId);
  }

  /// The stream at a path; returns when it has begun.
  public static Sse open(Calls calls, String path, @Nullable String lastEventId) throws Exception {
    var request =
        HttpRequest.newBuilder(calls.base().resolve(path)).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    // A client of its own: to shut it down cuts the connection.
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var answer = client.send(request.build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new AssertionError("the stream is answered with " + answer.statusCode());
    }
    return new Sse(client, answer.body());
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
    client.shutdownNow();
  }
}
