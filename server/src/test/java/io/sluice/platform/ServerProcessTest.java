package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.ChildServer;
import io.sluice.testing.Sse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/// The whole process, with the database that it brings along.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerProcessTest {
  private static final Path DATA = Scratch.fresh("process");
  private static ChildServer child;
  private static Calls http;

  @BeforeAll
  static void start() {
    child = launch();
    http = child.calls();
  }

  private static ChildServer launch() {
    return ChildServer.launch(
        DATA, "--sluice.max-upload=1MB", "--sluice.providers.embeddings=mock", "--sluice.lease=2s");
  }

  @AfterAll
  static void stop() {
    child.close();
  }

  @Test
  @Order(1)
  void isDurableAndRunsAsARoleThatOwnsNothing() {
    assertThat(http.rows("show fsync")).containsExactly(List.of("on"));
    assertThat(http.rows("show synchronous_commit")).containsExactly(List.of("on"));
    assertThat(http.rows("show full_page_writes")).containsExactly(List.of("on"));
    assertThat(
            http.rows(
                "select count(*) from pg_class where pg_get_userbyid(relowner) = current_user"))
        .containsExactly(List.of("0"));
    assertThat(child.output()).contains("ready at " + http.base());
  }

  @Test
  @Order(2)
  void refusesASecondServerOnItsDataInOneLine() throws Exception {
    try (var second = launch()) {
      assertThat(second.exit()).isEqualTo(CannotStart.EXIT_CODE);
      var lines =
          second
              .output()
              .lines()
              .filter(l -> !l.isBlank() && !l.startsWith("WARNING:") && !l.contains(" INFO "));
      assertThat(lines)
          .singleElement()
          .asString()
          .contains("is in use by process " + child.process().pid());
    }
    assertThat(http.get("/ready").status()).isEqualTo(200);
  }

  @Test
  @Order(3)
  void refusesWhatIsTooLarge() {
    var large = new Part("large.bin", BodyPublishers.ofByteArray(new byte[8 << 20]));
    http.upload(Map.of(), large).problem(413, "UPLOAD_TOO_LARGE");
    assertThat(http.ingested("small.txt", "Still served.").get("status").asString())
        .isEqualTo("completed");
    assertThat(http.rows("SELECT vector_dim FROM document_chunks WHERE vector_dim != 1536;"))
        .isEmpty();
  }

  @Test
  @Order(4)
  void saysThatTheDatabaseHangsAndComesBackByItself() throws Exception {
    var processes = postgres();
    signal("-STOP", processes);
    try {
      for (int i = 0; i < 2; i++) {
        long began = System.nanoTime();
        var answer = http.get("/ready");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("database").asString()).isNotEqualTo("up");
      }
      assertThat(http.get("/health").status()).isEqualTo(200);
      assertThat(http.get("/actuator/prometheus").status()).isEqualTo(200);
    } finally {
      signal("-CONT", processes);
    }
    comesBack();
  }

  @Test
  @Order(5)
  void survivesTheDeathOfTheDatabase() throws Exception {
    signal("-KILL", List.of(postmaster()));
    Await.until(
        "it is noticed",
        Duration.ofSeconds(10),
        () -> !List.of(postmaster()).isEmpty() && http.get("/ready").status() == 200);
    comesBack();
  }

  private static void comesBack() {
    Await.until(
        "it is ready again", Duration.ofSeconds(30), () -> http.get("/ready").status() == 200);
    assertThat(
            http.ingested("back-" + System.nanoTime() + ".txt", "It is back, " + System.nanoTime())
                .get("status")
                .asString())
        .isEqualTo("completed");
  }

  @Test
  @Order(6)
  void handsOverAtOnceWhatRunsWhenItIsStopped() throws Exception {
    var hang =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<mock><hang millis=\"25000\" heavy=\"false\""
            + " pulse_millis=\"100\" /></mock>";
    var document = http.uploaded(Part.of("hangs.xml", hang)).getFirst();
    Await.until(
        "it is being parsed",
        Duration.ofSeconds(20),
        () -> http.job(document).path("stage").asString("").equals("parsing"));
    var stopped = child;
    try (var stream = Sse.open(http, null)) {
      long began = System.nanoTime();
      stopped.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      Await.until("the stream ends", Duration.ofSeconds(5), () -> stream.ended().isPresent());
    }
    assertThat(DATA.resolve("server.json")).doesNotExist();
    assertThat(DATA.resolve("postgres/cluster/postmaster.pid")).doesNotExist();

    assertThat(stopped.output()).doesNotContain("\tat ");

    child = launch();
    http = child.calls();
    var job = http.job(document);
    assertThat(job.get("attempt").asInt()).isZero();
    assertThat(job.get("crashes").asInt()).isZero();
    var handedOver =
        job.get("history")
            .valueStream()
            .anyMatch(l ->
                l.path("from").asString("").equals("working")
                    && l.path("to").asString("").equals("queued"));
    assertThat(handedOver).as(job.get("history").toString()).isTrue();
    assertThat(http.delete("/api/v1/documents/" + document.get("id").asString()).status())
        .isEqualTo(204);
  }

  @Test
  @Order(7)
  void logsInJsonAndNoPassword() throws IOException {
    var log = Files.readString(DATA.resolve("logs/sluice.log"));
    assertThat(log).isNotBlank();
    var json = JsonMapper.builder().build();
    log.lines().forEach(line -> assertThat(json.readTree(line).has("message")).as(line).isTrue());
    var passwords =
        Files.readAllLines(DATA.resolve("postgres/passwords")).stream()
            .map(l -> l.substring(l.indexOf(':') + 1))
            .filter(p -> p.length() > 8)
            .toList();
    assertThat(passwords).hasSizeGreaterThan(1);
    assertThat(log).doesNotContain(passwords);
    assertThat(child.output()).doesNotContain(passwords);
  }

  private static long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(DATA.resolve("postgres/cluster/postmaster.pid")).getFirst().strip());
  }

  private static List<Long> postgres() throws IOException {
    var all = new ArrayList<Long>();
    all.add(postmaster());
    ProcessHandle.of(postmaster())
        .orElseThrow()
        .descendants()
        .forEach(process -> all.add(process.pid()));
    return all;
  }

  private static void signal(String signal, List<Long> processes) throws Exception {
    var command = new ArrayList<>(List.of("kill", signal));
    processes.forEach(pid -> command.add(Long.toString(pid)));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
