package io.sluice.engine.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The other side of outbound calls: remembers each with its idempotency key.
final class CallCounter implements AutoCloseable {
  record Call(String key, Instant at) {}

  /// Decides what a call is answered; may let it wait.
  @FunctionalInterface
  interface Answer {
    String to(Call call) throws InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Semaphore arrived = new Semaphore(0);
  private final Answer answer;

  CallCounter(Answer answer) throws IOException {
    this.answer = answer;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void handle(HttpExchange exchange) throws IOException {
    var call = new Call(exchange.getRequestHeaders().getFirst("Idempotency-Key"), Instant.now());
    calls.add(call);
    arrived.release();
    try (exchange) {
      var body = answer.to(call).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What has come so far does not count for [#awaitCalls].
  void forgetArrivals() {
    arrived.drainPermits();
  }

  /// Waits until so many calls have come.
  void awaitCalls(int more) throws InterruptedException {
    if (!arrived.tryAcquire(more, 60, TimeUnit.SECONDS)) {
      throw new AssertionError("no " + more + " calls came; there were " + calls.size());
    }
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
