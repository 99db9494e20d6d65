package io.sluice.guard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.TenantId;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.CallOptions;
import io.sluice.guard.model.EgressPolicy;
import io.sluice.guard.model.Network;
import io.sluice.testing.StubService;
import io.sluice.testing.StubService.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.unit.DataSize;

class TransportTest {
  private static final EgressPolicy LOOPBACK =
      new EgressPolicy(List.of(Network.parse("127.0.0.0/8").orElseThrow()));
  private static final EgressPolicy PUBLIC_ONLY = new EgressPolicy(List.of());

  private final StubService service = StubService.start();
  private final StubService other = StubService.start();

  @AfterEach
  void stop() {
    service.close();
    other.close();
  }

  private static Transport transport(Names names, EgressPolicy policy) {
    return new Transport(names, policy, new VirtualThreadTaskExecutor("call-"));
  }

  private static Answer send(Call call) throws InterruptedException {
    return send(call, Names.SYSTEM, LOOPBACK);
  }

  private static Answer send(Call call, Names names, EgressPolicy policy)
      throws InterruptedException {
    try (var transport = transport(names, policy)) {
      return transport.send(Transport.ready(call));
    }
  }

  private static Call call(String method, String url) {
    return Call.of(TenantId.DEFAULT, "stub", method, url);
  }

  private static Call get(String url) {
    return call("GET", url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
  void everyMethodGoesOut(String method) throws InterruptedException {
    var call = call(method, service.url("/x?y=1")).with("X-One", "1");
    var answer =
        send(
            method.startsWith("P")
                ? call.with("body".getBytes(StandardCharsets.UTF_8), "text/plain")
                : call);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(method.equals("HEAD") ? "" : "fine");
    var asked = service.asked().getFirst();
    assertThat(asked.method()).isEqualTo(method);
    assertThat(asked.path()).isEqualTo("/x?y=1");
    assertThat(asked.header("X-One")).isEqualTo("1");
    assertThat(asked.body()).isEqualTo(method.startsWith("P") ? "body" : "");
  }

  @Test
  void everyStatusIsAnAnswer() throws InterruptedException {
    for (int status : new int[] {204, 302, 404, 500, 503}) {
      service.answering(_ -> Reply.of(status, "").with("Location", "/elsewhere"));
      assertThat(send(get(service.url("/"))).status()).isEqualTo(status);
    }
    assertThat(service.asked()).hasSize(5);
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsCutOff() {
    var never = new CountDownLatch(1);
    service.answering(_ -> {
      never.await();
      return Reply.of(200, "late");
    });
    var call = get(service.url("/")).with(CallOptions.DEFAULT.within(Duration.ofMillis(200)));
    assertThatThrownBy(() -> send(call)).isInstanceOf(CallFailure.CallTimedOut.class);
    never.countDown();
  }

  @Test
  void anAnswerThatTricklesIsCutOffToo() throws Exception {
    try (var trickling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var stop = new CountDownLatch(1);
      var feeder = Thread.ofVirtual().start(() -> trickle(trickling, stop));
      var call =
          get("http://127.0.0.1:" + trickling.getLocalPort() + "/")
              .with(CallOptions.DEFAULT.within(Duration.ofMillis(400)));
      assertThatThrownBy(() -> send(call)).isInstanceOf(CallFailure.CallTimedOut.class);
      stop.countDown();
      feeder.join();
    }
  }

  private static void trickle(ServerSocket server, CountDownLatch stop) {
    try (var socket = server.accept()) {
      var out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      while (!stop.await(20, TimeUnit.MILLISECONDS)) {
        out.write('x');
        out.flush();
      }
    } catch (IOException | InterruptedException _) {
      // The other side has gone, as it should.
    }
  }

  @Test
  void anInterruptCutsACallOffAtOnce() throws Exception {
    var arrived = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    service.answering(_ -> {
      arrived.countDown();
      never.await();
      return Reply.of(200, "late");
    });
    for (boolean virtual : new boolean[] {true, false}) {
      var task = new FutureTask<>(() -> send(get(service.url("/"))));
      var thread = virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
      arrived.await();
      thread.interrupt();
      assertThatThrownBy(() -> task.get(2, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
    never.countDown();
  }

  @Test
  void nobodyThereIsAFailedConnection() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> send(get("http://127.0.0.1:" + port)))
        .isInstanceOf(CallFailure.ConnectFailed.class);
    Names none =
        host -> {
          throw new java.net.UnknownHostException(host);
        };
    assertThatThrownBy(() -> send(get("http://nowhere.test/"), none, LOOPBACK))
        .isInstanceOf(CallFailure.ConnectFailed.class)
        .hasMessageContaining("nowhere.test");
  }

  @Test
  void anAnswerThatIsTooLargeIsNotRead() throws InterruptedException {
    var options = CallOptions.DEFAULT.atMost(DataSize.ofKilobytes(100));
    service.answering(_ -> new Reply(200, java.util.Map.of(), new byte[100 * 1024]));
    assertThat(send(get(service.url("/")).with(options)).body()).hasSize(100 * 1024);
    service.answering(_ -> new Reply(200, java.util.Map.of(), new byte[100 * 1024 + 1]));
    assertThatThrownBy(() -> send(get(service.url("/")).with(options)))
        .isInstanceOf(CallFailure.ResponseTooLarge.class)
        .hasMessageContaining("102400");
    assertThatThrownBy(
            () -> send(get(service.url("/")).with(CallOptions.DEFAULT.atMost(DataSize.ofBytes(0)))))
        .isInstanceOf(CallFailure.ResponseTooLarge.class);
  }

  @Test
  void whatInflatesIsCountedInflated() throws Exception {
    var small = gzip(1000);
    service.answering(_ -> new Reply(200, java.util.Map.of("Content-Encoding", "gzip"), small));
    var answer = send(get(service.url("/")));
    assertThat(answer.body()).hasSize(1000);
    assertThat(answer.headers().has("Content-Encoding")).isFalse();
    var bomb = gzip(50_000_000);
    assertThat(bomb.length).isLessThan(100_000);
    service.answering(_ -> new Reply(200, java.util.Map.of("Content-Encoding", "gzip"), bomb));
    assertThatThrownBy(() -> send(get(service.url("/"))))
        .isInstanceOf(CallFailure.ResponseTooLarge.class);
    // Who asks for packed bytes gets them.
    var raw = send(get(service.url("/")).with("Accept-Encoding", "gzip"));
    assertThat(raw.body()).hasSize(bomb.length);
  }

  private static byte[] gzip(int zeros) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      packed.write(new byte[zeros]);
    }
    return out.toByteArray();
  }

  @Test
  void redirectsAreFollowedAsOftenAsAllowed() throws InterruptedException {
    service.answering(asked ->
        asked.path().equals("/c")
            ? Reply.of(200, asked.method() + asked.body())
            : Reply.of(asked.path().equals("/a") ? 307 : 303, "")
                .with("Location", asked.path().equals("/a") ? "b" : "/c"));
    var post =
        call("POST", service.url("/a")).with("body".getBytes(StandardCharsets.UTF_8), "text/plain");
    assertThat(send(post).status()).isEqualTo(307);
    var once = send(post.with(CallOptions.DEFAULT.following(1)));
    assertThat(once.status()).isEqualTo(303);
    assertThat(once.url().getPath()).isEqualTo("/b");
    var twice = send(post.with(CallOptions.DEFAULT.following(2)));
    assertThat(twice.text()).isEqualTo("GET");
    assertThat(twice.url().getPath()).isEqualTo("/c");
    assertThat(service.asked().get(2).body()).as("307 keeps the body").isEqualTo("body");
  }

  @Test
  void credentialsDoNotGoAlongToAnotherHost() throws InterruptedException {
    service.answering(_ -> Reply.of(302, "").with("Location", other.url("/there")));
    var call =
        get(service.url("/"))
            .with("Authorization", "Bearer secret")
            .with("Cookie", "a=b")
            .with("X-Api-Key", "secret")
            .with("Accept", "text/html")
            .with(CallOptions.DEFAULT.following(3));
    assertThat(send(call).status()).isEqualTo(200);
    var asked = other.asked().getFirst();
    assertThat(asked.header("Authorization")).isNull();
    assertThat(asked.header("Cookie")).isNull();
    assertThat(asked.header("X-Api-Key")).isNull();
    assertThat(asked.header("Accept")).isEqualTo("text/html");
    assertThat(service.asked().getFirst().header("Authorization")).isEqualTo("Bearer secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://2130706433:%d/",
        "http://0.0.0.0:%d/",
        "http://[::1]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::]:%d/",
        "http://[64:ff9b::7f00:1]:%d/",
        "http://[2002:7f00:1::]:%d/",
        "http://169.254.169.254:%d/latest/meta-data/",
        "http://10.1.2.3:%d/",
        "http://[fe80::1]:%d/",
        "http://[fd00::1]:%d/"
      })
  void privateAddressesAreRefusedHoweverTheyAreSpelled(String url) {
    assertThatThrownBy(() -> send(get(url.formatted(service.port())), Names.SYSTEM, PUBLIC_ONLY))
        .isInstanceOf(CallFailure.EgressRefused.class)
        .hasMessageContaining("SLUICE_EGRESS_ALLOW");
    assertThat(service.asked()).isEmpty();
  }

  /// Whether the system reads these as addresses or as names: they lead nowhere.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0x7f000001:%d/",
        "http://017700000001:%d/",
        "http://0x7f.1:%d/",
        "http://127.1:%d/",
        "http://0177.0.0.1:%d/"
      })
  void oddSpellingsLeadNowhere(String url) {
    assertThatThrownBy(() -> send(get(url.formatted(service.port())), Names.SYSTEM, PUBLIC_ONLY))
        .isInstanceOf(CallFailure.class);
    assertThat(service.asked()).isEmpty();
  }

  @Test
  void aNameThatAnswersOtherwiseTheSecondTimeGainsNothing() {
    var times = new AtomicInteger();
    Names rebinding =
        _ ->
            new InetAddress[] {
              times.getAndIncrement() == 0
                  ? InetAddress.ofLiteral("127.0.0.1")
                  : InetAddress.ofLiteral("93.184.215.14")
            };
    assertThatThrownBy(
            () -> send(get("http://rebind.test:" + service.port()), rebinding, PUBLIC_ONLY))
        .isInstanceOf(CallFailure.EgressRefused.class);
    // One look-up a connection: there is no second one between the check and the connection.
    assertThat(times.get()).isEqualTo(1);
    times.set(-1);
    var quick =
        CallOptions.DEFAULT.connectingWithin(Duration.ofMillis(50)).within(Duration.ofMillis(300));
    Names swapped =
        _ ->
            new InetAddress[] {
              times.getAndIncrement() == -1
                  ? InetAddress.ofLiteral("203.0.114.1")
                  : InetAddress.ofLiteral("127.0.0.1")
            };
    assertThatThrownBy(() ->
            send(get("http://rebind.test:" + service.port()).with(quick), swapped, PUBLIC_ONLY))
        .isInstanceOf(CallFailure.Passing.class);
    assertThat(times.get()).isZero();
    assertThat(service.asked()).isEmpty();
  }

  @Test
  void amongSeveralAddressesOnlyThoseAllowedAreConnectedTo() throws InterruptedException {
    Names both =
        _ ->
            new InetAddress[] {
              InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("127.0.0.1")
            };
    assertThat(send(get("http://both.test:" + service.port()), both, LOOPBACK).status())
        .isEqualTo(200);
  }

  @Test
  void aRedirectToAPrivateAddressIsRefused() {
    // 127.0.0.1 stands for a public host here, 127.0.0.2 for a private one.
    var policy =
        new EgressPolicy(List.of(Network.parse("127.0.0.1:" + service.port()).orElseThrow()));
    service.answering(_ -> Reply.of(302, "").with("Location", other.url("/inside")));
    assertThatThrownBy(() ->
            send(
                get(service.url("/")).with(CallOptions.DEFAULT.following(5)), Names.SYSTEM, policy))
        .isInstanceOf(CallFailure.EgressRefused.class);
    assertThat(other.asked()).isEmpty();
    service.answering(_ -> Reply.of(302, "").with("Location", "file:///etc/passwd"));
    assertThatThrownBy(() ->
            send(
                get(service.url("/")).with(CallOptions.DEFAULT.following(5)), Names.SYSTEM, policy))
        .isInstanceOf(CallFailure.BadUrl.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.test/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/_x",
        "//example.test/",
        "example.test",
        "http://",
        "http:///path",
        "http://user:password@example.test/",
        "http://example.test:99999/",
        "http://exa mple.test/",
        ""
      })
  void urlsThatCanNotBeCalledAreRefused(String url) {
    assertThatThrownBy(() -> Transport.ready(get(url)))
        .isInstanceOf(CallFailure.BadUrl.class)
        .hasMessageNotContaining("password@");
  }

  @Test
  void headersCanNotSmuggleAnything() {
    var call = get(service.url("/"));
    for (var bad :
        List.of(
            call.with("X-A", "b\r\nX-Evil: 1"),
            call.with("X-A\r\nX-Evil", "1"),
            call.with("Host", "other"),
            call.with("content-length", "3"),
            call.with("Transfer-Encoding", "chunked"),
            call("GET / HTTP/1.1\r\nX:", service.url("/")))) {
      assertThatThrownBy(() -> Transport.ready(bad)).isInstanceOf(CallFailure.BadHeader.class);
    }
  }

  @Test
  void aBrokenAnswerIsALostConnection() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var feeder =
          Thread.ofVirtual()
              .start(() -> {
                try (var socket = server.accept()) {
                  socket.getInputStream().read();
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
                              .getBytes(StandardCharsets.UTF_8));
                } catch (IOException _) {
                  // The other side has gone.
                }
              });
      assertThatThrownBy(() -> send(get("http://127.0.0.1:" + server.getLocalPort())))
          .isInstanceOf(CallFailure.ConnectionLost.class);
      feeder.join();
    }
  }

  @Test
  void connectionsAreKept() throws InterruptedException {
    try (var transport = transport(Names.SYSTEM, LOOPBACK)) {
      var seen = new java.util.HashSet<String>();
      for (int i = 0; i < 5; i++) {
        assertThat(transport.send(Transport.ready(get(service.url("/")))).status()).isEqualTo(200);
        seen.add(service.asked().getLast().path());
      }
      assertThat(service.asked()).hasSize(5);
    }
  }

  @Test
  void nothingOfACallIsTold() {
    var call =
        get("http://example.test/a?token=s3cret")
            .with("Authorization", "s3cret")
            .with("s3cret".getBytes(StandardCharsets.UTF_8), "text/plain");
    assertThat(call.toString()).contains("example.test/a").doesNotContain("s3cret");
    assertThat(call.headers().toString()).doesNotContain("s3cret");
  }
}
