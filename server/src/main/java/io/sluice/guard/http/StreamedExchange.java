package io.sluice.guard.http;

import io.sluice.guard.Answer;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.guard.StreamedOutbound.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/// One streamed call, as it runs on a thread of its own. Another thread may cut it off.
final class StreamedExchange {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final CloseableHttpClient client;
  private final CallOptions options;
  private final StreamedEntity body;
  private final Listener listener;
  private volatile @Nullable HttpUriRequestBase current;
  private volatile boolean cut;
  private long began;

  StreamedExchange(
      CloseableHttpClient client, CallOptions options, StreamedEntity body, Listener listener) {
    this.client = client;
    this.options = options;
    this.body = body;
    this.listener = listener;
  }

  /// Makes the call.
  Answer run(Hop hop) throws IOException {
    began = System.nanoTime();
    var request = hop.request();
    request.setEntity(body);
    request.setHeader("Connection", "close");
    request.setConfig(Exchange.config(options));
    current = request;
    if (cut) {
      throw new IOException("cut off");
    }
    try {
      var context = HttpClientContext.create();
      context.setAttribute(StreamedEntity.ATTRIBUTE, body);
      return client.execute(request, context, response -> read(request, response, hop));
    } catch (IOException e) {
      var own = body.failure();
      if (own != null) {
        throw own;
      }
      throw e;
    } finally {
      body.end();
    }
  }

  private Answer read(HttpUriRequestBase request, ClassicHttpResponse response, Hop hop)
      throws IOException {
    try {
      var lines = new ArrayList<Headers.Line>();
      for (var header : response.getHeaders()) {
        var value = header.getValue() == null ? "" : header.getValue();
        lines.add(new Headers.Line(header.getName(), value));
      }
      var entity = response.getEntity();
      var bytes = entity == null ? new byte[0] : read(entity.getContent(), hop);
      return new Answer(response.getCode(), new Headers(lines), bytes, since(), hop.target().url());
    } catch (RuntimeException | IOException e) {
      request.abort();
      throw e;
    } finally {
      body.end();
    }
  }

  private byte[] read(InputStream in, Hop hop) throws IOException {
    var whole = new ByteArrayOutputStream();
    var buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (whole.size() + (long) n > options.maxResponse().toBytes()) {
        throw Body.tooLarge(options.maxResponse().toBytes(), hop.target().host());
      }
      whole.write(buffer, 0, n);
      listener.received(Arrays.copyOf(buffer, n), since());
    }
    return whole.toByteArray();
  }

  private Duration since() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /// Cuts it off, now: the connection is closed.
  void cut() {
    cut = true;
    var request = current;
    if (request != null) {
      request.abort();
    }
    body.end();
  }
}
