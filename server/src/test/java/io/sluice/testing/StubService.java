package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A service on the loopback address, for calls that go out. Answers as it is told, and remembers
/// what it was asked.
public final class StubService implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Answering answering = _ -> Reply.of(200, "fine");

  /// What came.
  public record Asked(String method, String path, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      for (var header : headers.entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return header.getValue().getFirst();
        }
      }
      return null;
    }
  }

  /// What is answered.
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    public Reply with(String name, String value) {
      var all = new java.util.HashMap<>(headers);
      all.put(name, value);
      return new Reply(status, all, body);
    }
  }

  /// Decides the answer; may block.
  @FunctionalInterface
  public interface Answering {
    Reply to(Asked request) throws Exception;
  }

  private StubService(HttpServer server) {
    this.server = server;
  }

  /// Starts one that says 200 to everything.
  public static StubService start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var service = new StubService(HttpServer.create(address, 0));
      service.server.setExecutor(service.threads);
      service.server.createContext("/", service::serve);
      service.server.start();
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers otherwise from now on.
  public StubService answering(Answering value) {
    answering = value;
    return this;
  }

  /// Answers with a status from now on.
  public StubService answering(int status) {
    return answering(_ -> Reply.of(status, "status " + status));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              body);
      asked.add(request);
      var reply = answering.to(request);
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      boolean bare = request.method().equals("HEAD") || reply.status() == 204;
      exchange.sendResponseHeaders(
          reply.status(), bare || reply.body().length == 0 ? -1 : reply.body().length);
      if (!bare) {
        exchange.getResponseBody().write(reply.body());
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// A URL of it, by address.
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /// Everything that was asked.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
