package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConventionsTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final String NOBODY = new UUID(1, 1).toString();

  @ParameterizedTest
  @CsvSource({
    "/api/v1/documents/{id}, UNKNOWN_DOCUMENT",
    "/api/v1/documents/{id}/chunks, UNKNOWN_DOCUMENT",
    "/api/v1/documents/{id}/content, UNKNOWN_DOCUMENT",
    "/api/v1/jobs/{id}, UNKNOWN_JOB",
    "/api/v1/nothing, HTTP_404",
    "/nothing/at/all, HTTP_404"
  })
  void whatIsUnknownIsNotFound(String path, String code) {
    HTTP.get(path.replace("{id}", NOBODY)).problem(404, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/documents/not-an-id",
        "/api/v1/jobs/17",
        "/api/v1/documents?limit=0",
        "/api/v1/documents?limit=201",
        "/api/v1/documents?limit=many",
        "/api/v1/documents?cursor=%25%25",
        "/api/v1/documents?cursor=bm90LWFuLWlk",
        "/api/v1/jobs?limit=-1",
        "/api/v1/jobs?cursor=x",
        "/api/v1/jobs?state=asleep",
        "/api/v1/events?since=yesterday",
        "/api/v1/search",
        "/api/v1/search?q=",
        "/api/v1/search?q=a&document=1"
      })
  void badParametersAreNamed(String path) {
    var answer = HTTP.get(path);
    var problem = answer.problem(400, answer.json().path("code").asString());
    assertThat(problem.get("code").asString()).startsWith("BAD_");
    assertThat(problem.get("errors").get(0).get("pointer").asString()).isNotBlank();
  }

  @Test
  void anUnknownFieldIsATypingError() {
    var problem =
        HTTP.post("/api/v1/dead-letters/redrive", "{\"kindd\":\"x\"}").problem(400, "BAD_BODY");
    assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/kindd");
    HTTP.post("/api/v1/sql", "{\"query\":").problem(400, "BAD_BODY");
    var wrong = HTTP.post("/api/v1/dead-letters/redrive", "{\"limit\":\"x\"}");
    assertThat(wrong.problem(400, "BAD_BODY").get("errors").get(0).get("pointer").asString())
        .isEqualTo("/limit");
    HTTP.post("/api/v1/dead-letters/redrive", "").problem(400, "BAD_BODY");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    var answer = HTTP.send("PUT", "/api/v1/documents", BodyPublishers.ofString("{}"), Map.of());
    answer.problem(405, "HTTP_405");
    assertThat(answer.raw().headers().firstValue("Allow").orElse("")).contains("GET");
    HTTP.send(
            "POST", "/api/v1/sql", BodyPublishers.ofString("x"), Map.of("Content-Type", "text/csv"))
        .problem(415, "HTTP_415");
    HTTP.send("POST", "/api/v1/documents", BodyPublishers.ofString("x"), Map.of())
        .problem(415, "HTTP_415");
  }

  @Test
  void anUploadWithoutAFileIsNamed() {
    var boundary = Map.of("Content-Type", "multipart/form-data; boundary=b");
    HTTP.send("POST", "/api/v1/documents", BodyPublishers.ofString("--b--\r\n"), boundary)
        .problem(400, "BAD_PARAMETER");
  }

  @Test
  void whatIsNoHttpGetsNoInside() throws IOException {
    for (var line : new String[] {"GET /api/v1/documents?x=[ HTTP/1.1", "G\u0001T / HTTP/1.1"}) {
      try (var socket = new Socket(HTTP.base().getHost(), HTTP.base().getPort())) {
        socket.setSoTimeout(5000);
        socket
            .getOutputStream()
            .write(
                (line + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(answer).doesNotContain("Exception", "\tat ", "org.apache", "Tomcat/");
      }
    }
  }

  @Test
  void fieldsAreChosen() {
    var document = HTTP.ingested("fields.txt", "Only some of these fields are wanted.");
    var path = "/api/v1/documents/" + document.get("id").asString();
    var one = HTTP.get(path + "?fields=id,name").json(200);
    assertThat(one.propertyNames()).containsExactlyInAnyOrder("id", "name");
    var page = HTTP.get("/api/v1/documents?limit=2&fields=id").json(200);
    assertThat(page.get("items").get(0).propertyNames()).containsExactly("id");
    var job =
        HTTP.get("/api/v1/jobs/" + document.get("jobId").asString() + "?fields=id,input.name")
            .json(200);
    assertThat(job.propertyNames()).containsExactlyInAnyOrder("id", "input");
    assertThat(job.get("input").propertyNames()).containsExactly("name");
  }

  @Test
  void anIdempotencyKeyAnswersOnce() throws Exception {
    var key = Map.of("Idempotency-Key", "key-" + UUID.randomUUID());
    Reply first = HTTP.upload(key, Part.of("key.txt", "Sent under a key."));
    Reply again = HTTP.upload(key, Part.of("key.txt", "Sent under a key."));
    assertThat(again.json(202)).isEqualTo(first.json(202));
    HTTP.upload(key, Part.of("key.txt", "Another text.")).problem(422, "IDEMPOTENCY_KEY_REUSED");
    HTTP.upload(Map.of("Idempotency-Key", "k".repeat(256)), Part.of("key.txt", "x"))
        .problem(400, "BAD_IDEMPOTENCY_KEY");

    var raced = Map.of("Idempotency-Key", "race-" + UUID.randomUUID());
    Callable<Reply> upload = () -> HTTP.upload(raced, Part.of("raced.txt", "Sent at once."));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(Collections.nCopies(6, upload));
      int created = 0;
      for (var answer : answers) {
        var reply = answer.get();
        assertThat(reply.status()).isIn(202, 409);
        if (reply.status() == 202) {
          assertThat(reply.json().get("items").get(0).get("created").asBoolean()).isTrue();
          created++;
        }
      }
      assertThat(created).isPositive();
    }
  }

  @Test
  void aFailedRequestGivesItsKeyBack() {
    var key = Map.of("Idempotency-Key", "failed-" + UUID.randomUUID());
    var path = "/api/v1/documents/" + NOBODY + "/reprocess";
    HTTP.post(path, "", key).problem(404, "UNKNOWN_DOCUMENT");
    HTTP.post(path, "", key).problem(404, "UNKNOWN_DOCUMENT");
  }

  @Test
  void listensOnThisMachineOnly() throws IOException {
    for (var network : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : network.inetAddresses().toList()) {
        if (!address.isLoopbackAddress()) {
          try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, HTTP.base().getPort()), 500);
            throw new AssertionError("it listens on " + address);
          } catch (IOException _) {
            // As it should be.
          }
        }
      }
    }
  }
}
