package io.sluice.guard.http;

import io.sluice.guard.Answer;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// One call with its redirects, as it runs on a thread of its own. Another thread may cut it off.
final class Exchange {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> OF_PACKED =
      Set.of("content-encoding", "content-length", "transfer-encoding");

  private final CloseableHttpClient client;
  private final CallOptions options;
  private final boolean unpack;
  private volatile @Nullable HttpUriRequestBase current;
  private volatile boolean cut;

  /// @param unpack whether we asked for a packed answer, and not the caller
  Exchange(CloseableHttpClient client, CallOptions options, boolean unpack) {
    this.client = client;
    this.options = options;
    this.unpack = unpack;
  }

  /// What came back, before it is known how long that took.
  private record Received(int status, Headers headers, byte[] body) {}

  /// Makes the call.
  Answer run(Hop first) throws IOException {
    long began = System.nanoTime();
    var hop = first;
    for (int followed = 0; ; followed++) {
      var received = send(hop);
      var location = received.headers().first("Location");
      if (location.isEmpty()
          || followed >= options.followRedirects()
          || !REDIRECTS.contains(received.status())) {
        var took = Duration.ofNanos(System.nanoTime() - began);
        return new Answer(
            received.status(), received.headers(), received.body(), took, hop.target().url());
      }
      hop = hop.redirected(received.status(), location.get());
    }
  }

  private Received send(Hop hop) throws IOException {
    var request = hop.request();
    request.setConfig(config(options));
    current = request;
    if (cut) {
      throw new IOException("cut off");
    }
    return client.execute(
        request,
        response -> {
          try {
            return read(response, hop);
          } catch (RuntimeException | IOException e) {
            // Or else what is left of the answer would be read to its end.
            request.abort();
            throw e;
          }
        });
  }

  @SuppressWarnings("deprecation") // per call, and not per connection manager, there is no other
  static RequestConfig config(CallOptions options) {
    return RequestConfig.custom()
        .setConnectTimeout(timeout(options.connectTimeout()))
        .setConnectionRequestTimeout(timeout(options.timeout()))
        .setResponseTimeout(timeout(options.timeout()))
        .setHardCancellationEnabled(true)
        .build();
  }

  private static Timeout timeout(Duration time) {
    return Timeout.ofMilliseconds(Math.max(1, time.toMillis()));
  }

  private Received read(ClassicHttpResponse response, Hop hop) throws IOException {
    var lines = new ArrayList<Headers.Line>();
    for (var header : response.getHeaders()) {
      var value = header.getValue() == null ? "" : header.getValue();
      lines.add(new Headers.Line(header.getName(), value));
    }
    var headers = new Headers(lines);
    var encoding = unpack ? encoding(headers) : "";
    var entity = response.getEntity();
    if (entity == null) {
      return new Received(response.getCode(), headers, new byte[0]);
    }
    if (entity.getContentLength() > options.maxResponse().toBytes()) {
      throw Body.tooLarge(options.maxResponse().toBytes(), hop.target().host());
    }
    try (InputStream in = entity.getContent()) {
      var body = Body.read(in, encoding, options.maxResponse(), hop.target().host());
      return new Received(response.getCode(), encoding.isEmpty() ? headers : plain(headers), body);
    }
  }

  private static String encoding(Headers headers) {
    var said = headers.first("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    return switch (said) {
      case "gzip", "x-gzip" -> "gzip";
      case "deflate" -> "deflate";
      default -> "";
    };
  }

  private static Headers plain(Headers headers) {
    return headers.only(line -> !OF_PACKED.contains(line.name().toLowerCase(Locale.ROOT)));
  }

  /// Cuts it off, now: the connection is closed.
  void cut() {
    cut = true;
    var request = current;
    if (request != null) {
      request.abort();
    }
  }
}
