package io.sluice.webhooks;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who is told, on loopback. Verifies with the official library.
public final class Receiver implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What came.
  public record Got(Map<String, List<String>> headers, String body, Instant at) {
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    public String id() {
      return header("webhook-id");
    }

    public JsonNode json() {
      return JSON.readTree(body);
    }

    /// Whether the official library takes it.
    public boolean fits(String secret) {
      try {
        new Webhook(secret).verify(body, HttpHeaders.of(headers, (_, _) -> true));
        return true;
      } catch (com.standardwebhooks.exceptions.WebhookVerificationException _) {
        return false;
      } catch (com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  /// What it answers.
  public record Says(int status, Map<String, String> headers, String body) {
    public static Says of(int status) {
      return new Says(status, Map.of(), "");
    }

    public Says with(String name, String value) {
      return new Says(status, Map.of(name, value), body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile IntFunction<Says> script;

  /// @param script what is answered to call number n, from 1
  public Receiver(IntFunction<Says> script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public static Receiver saying(int... statuses) {
    return new Receiver(n -> Says.of(statuses[Math.min(n, statuses.length) - 1]));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Says says;
      synchronized (got) {
        got.add(new Got(Map.copyOf(exchange.getRequestHeaders()), body, Instant.now()));
        says = script.apply(got.size());
      }
      says.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      var bytes = says.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(says.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  public void says(int status) {
    script = _ -> Says.of(status);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in?place=1";
  }

  public List<Got> got() {
    return List.copyOf(got);
  }

  public List<Got> await(int count) {
    Await.until(count + " calls", Duration.ofSeconds(30), () -> got.size() >= count);
    return got();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
