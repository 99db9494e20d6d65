package io.sluice.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that answers what it was told to, and remembers what it was asked.
final class FakeServer implements AutoCloseable {
  private record Answer(int status, String body) {}

  private final HttpServer http;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  FakeServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /// Answers a request, e.g. `GET /jobs`. Told several times, it answers one after the other, the
  /// last one for ever.
  FakeServer on(String request, String body) {
    return on(request, 200, body);
  }

  FakeServer on(String request, int status, String body) {
    answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  /// `GET /jobs?limit=20`, then the body where there is one.
  List<String> asked() {
    return asked;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request = exchange.getRequestMethod() + " " + path;
      asked.add((request + " " + body).strip());
      var queue = answers.get(request.replaceFirst("\\?.*", ""));
      var answer =
          queue == null
              ? new Answer(
                  404, "{\"status\":404,\"code\":\"NOT_TOLD\",\"detail\":\"" + request + "\"}")
              : queue.size() > 1 ? queue.remove() : queue.element();
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
