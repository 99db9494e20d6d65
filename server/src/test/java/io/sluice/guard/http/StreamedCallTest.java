package io.sluice.guard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.TenantId;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.CallOptions;
import io.sluice.guard.StreamedOutbound;
import io.sluice.testing.SharedServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Calls whose two halves run at once, against a server that speaks plain sockets.
class StreamedCallTest {
  private final ServerSocket server;
  private final List<String> pieces = new CopyOnWriteArrayList<>();
  private volatile String head = "";

  StreamedCallTest() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /// Talks to one client.
  private interface Script {
    void run(InputStream in, OutputStream out) throws Exception;
  }

  private Thread serve(Script script) {
    return Thread.ofVirtual()
        .start(() -> {
          try (var socket = server.accept()) {
            var in = new BufferedInputStream(socket.getInputStream());
            head = readHead(in);
            script.run(in, socket.getOutputStream());
          } catch (Exception _) {
            // The test sees what is missing.
          }
        });
  }

  private static String readHead(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    while (!out.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      out.write(b);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      out.write(b);
    }
    return out.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /// The next chunk; empty: it was the last.
  private String chunk(InputStream in) throws IOException {
    int size = Integer.parseInt(line(in), 16);
    var data = new String(in.readNBytes(size), StandardCharsets.UTF_8);
    line(in);
    if (size > 0) {
      pieces.add(data);
    }
    return data;
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void sayChunk(OutputStream out, String text) throws IOException {
    say(out, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  private static final String OK = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private Call call(Duration time) {
    return Call.of(
            TenantId.DEFAULT,
            "streamed-" + server.getLocalPort(),
            "POST",
            "http://127.0.0.1:" + server.getLocalPort() + "/listen")
        .with("Hound-Request-Info", "x")
        .with("Content-Type", "audio/wav")
        .with(CallOptions.DEFAULT.within(time).atMost(DataSize.ofKilobytes(1)));
  }

  private Answer stream(StreamedOutbound.Writing body, StreamedOutbound.Listener listener)
      throws InterruptedException {
    return SharedServer.context().getBean(StreamedOutbound.class).stream(
        call(Duration.ofSeconds(10)), body, listener);
  }

  @Test
  void theAnswerIsHeardWhileTheBodyIsWritten() throws Exception {
    serve((in, out) -> {
      chunk(in);
      say(out, OK);
      sayChunk(out, "half heard\n");
      // Comes only when the client has heard that.
      while (!chunk(in).isEmpty()) {
        sayChunk(out, "more\n");
      }
      sayChunk(out, "done");
      say(out, "0\r\n\r\n");
    });
    var heard = new CountDownLatch(1);
    var parts = new CopyOnWriteArrayList<String>();
    var answer =
        stream(
            out -> {
              say(out, "one");
              assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
              say(out, "two");
            },
            (bytes, since) -> {
              assertThat(since).isPositive();
              parts.add(new String(bytes, StandardCharsets.UTF_8));
              heard.countDown();
            });
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("half heard\nmore\ndone");
    assertThat(parts.getFirst()).isEqualTo("half heard\n");
    assertThat(pieces).containsExactly("one", "two");
    // As they were given, in this case, over HTTP/1.1, in chunks.
    assertThat(head)
        .startsWith("POST /listen HTTP/1.1\r\n")
        .contains("\r\nHound-Request-Info: x\r\n", "\r\nTransfer-Encoding: chunked\r\n")
        .contains("\r\nAccept-Encoding: identity\r\n", "\r\nConnection: close\r\n")
        .contains("\r\nContent-Type: audio/wav\r\n");
  }

  @Test
  void anEarlyAnswerEndsTheWriting() throws Exception {
    serve((in, out) -> {
      chunk(in);
      say(out, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 6\r\n\r\nno key");
    });
    var stopped = new CountDownLatch(1);
    var answer =
        stream(
            out -> {
              try {
                say(out, "one");
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                stopped.countDown();
                throw e;
              }
            },
            StreamedOutbound.Listener.NONE);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).isEqualTo("no key");
    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBodyThatCanNotBeWrittenIsNoRequest() throws Exception {
    var whole = new CountDownLatch(1);
    serve((in, _) -> {
      while (!chunk(in).isEmpty()) {
        // Goes on until the last chunk, which must not come.
      }
      whole.countDown();
    });
    assertThatThrownBy(() ->
            stream(
                out -> {
                  say(out, "one");
                  throw new IllegalStateException("out of tune");
                },
                StreamedOutbound.Listener.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out of tune");
    assertThat(whole.await(200, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void isCutOffAfterItsTimeAndByAnInterrupt() throws Exception {
    serve((in, _) -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
    var outbound = SharedServer.context().getBean(StreamedOutbound.class);
    assertThatThrownBy(() ->
            outbound.stream(
                call(Duration.ofMillis(300)),
                out -> say(out, "one"),
                StreamedOutbound.Listener.NONE))
        .isInstanceOf(CallFailure.CallTimedOut.class);
    var arrived = new CountDownLatch(1);
    serve((in, _) -> {
      chunk(in);
      arrived.countDown();
      new CountDownLatch(1).await(20, TimeUnit.SECONDS);
    });
    var task =
        new FutureTask<>(() -> stream(out -> say(out, "one"), StreamedOutbound.Listener.NONE));
    var thread = Thread.ofVirtual().start(task);
    assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThatThrownBy(() -> task.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void anAnswerThatIsTooLargeIsCutOff() {
    serve((in, out) -> {
      say(out, OK);
      while (true) {
        sayChunk(out, "x".repeat(500));
      }
    });
    assertThatThrownBy(() -> stream(out -> say(out, "one"), StreamedOutbound.Listener.NONE))
        .isInstanceOf(CallFailure.ResponseTooLarge.class);
  }

  @Test
  void privateAddressesAreNotStreamedToEither() {
    var call = Call.of(TenantId.DEFAULT, "streamed-private", "POST", "http://10.1.2.3/listen");
    var outbound = SharedServer.context().getBean(StreamedOutbound.class);
    assertThatThrownBy(
            () -> outbound.stream(call, out -> say(out, "one"), StreamedOutbound.Listener.NONE))
        .isInstanceOf(CallFailure.EgressRefused.class);
  }
}
