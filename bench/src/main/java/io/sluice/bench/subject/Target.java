package io.sluice.bench.subject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// The server that is tested: in this process, on the loopback, with answers that cost next to
/// nothing. What it says at `/gate` it says when it is let.
final class Target implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final String OK = "{\"ok\": true, \"items\": [1, 2, 3]}";
  private static final String REPLY =
      """
      {"intent": "lights.on", "entities": {"room": "kitchen"}, "reply": "Okay, I have turned the kitchen light on."}
      """;

  static {
    // Read once, by the first server: without these an answer waits for the client's delayed
    // acknowledgement, and of many idle connections most are closed.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger held = new AtomicInteger();
  private final Semaphore gate = new Semaphore(0);

  Target() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/shop", exchange -> answer(exchange, OK));
    server.createContext("/assistant", exchange -> answer(exchange, REPLY));
    server.createContext("/gate", this::hold);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /// Requests that wait at the gate.
  int held() {
    return held.get();
  }

  /// Lets some of them pass.
  void let(int requests) {
    gate.release(requests);
  }

  /// Nobody passes any more.
  void shut() {
    gate.drainPermits();
  }

  private void hold(HttpExchange exchange) throws IOException {
    held.incrementAndGet();
    gate.acquireUninterruptibly();
    held.decrementAndGet();
    answer(exchange, OK);
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    let(Short.MAX_VALUE);
    server.stop(0);
    threads.shutdownNow();
  }
}
