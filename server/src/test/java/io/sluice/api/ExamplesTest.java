package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import io.sluice.testing.StubService.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The examples under `examples/workflows`, each executed by the server.
class ExamplesTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final Flows FLOWS = new Flows(HTTP);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path EXAMPLES =
      Path.of(System.getProperty("sluice.root", ".."), "examples", "workflows");

  private final AtomicInteger scores = new AtomicInteger();
  private StubService service;

  @BeforeEach
  void open() {
    service = StubService.start();
    service.answering(this::answer);
  }

  @AfterEach
  void close() {
    service.close();
  }

  /// All the services of the examples.
  private Reply answer(StubService.Asked asked) {
    var path = asked.path().replaceFirst("\\?.*", "");
    return switch (path.split("/")[1]) {
      case "reservations" -> json(201, "{\"id\": \"r-1\"}");
      case "profiles" -> json(200, "{\"name\": \"Ann\"}");
      case "orders" -> json(200, "[1, 2, 3]");
      case "leads" -> json(200, "{\"contacts\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}");
      case "payments" -> json(201, "{\"id\": \"p-1\"}");
      case "flaky-score" ->
          scores.incrementAndGet() < 3 ? json(503, "{}") : json(200, "{\"score\": 7}");
      case "documents" ->
          json(
              200,
              "[{\"name\": \"one-%1$s.md\", \"url\": \"%2$s/text/1\"}, {\"name\": \"two-%1$s.md\", \"url\": \"%2$s/text/2\"}]"
                  .formatted(UUID.randomUUID(), service.url("")));
      case "text" -> Reply.of(200, "# A text\n\nIt is number " + path + " of " + UUID.randomUUID());
      default -> json(200, "{}");
    };
  }

  private static Reply json(int status, String body) {
    return Reply.of(status, body).with("Content-Type", "application/json");
  }

  private static JsonNode push(String file) throws IOException {
    var text = Files.readString(EXAMPLES.resolve(file + ".yaml"));
    var reply = FLOWS.reply("POST", "/api/v1/workflows", text);
    assertThat(reply.status()).as(reply.body()).isIn(200, 201);
    return reply.json();
  }

  private JsonNode run(String file, Map<String, ?> input) throws IOException {
    var done = FLOWS.ended(start(file, input));
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
    return done.get("output");
  }

  private String start(String file, Map<String, ?> input) throws IOException {
    return FLOWS.start(push(file), JSON.writeValueAsString(input));
  }

  private static void signal(String execution, String name, String payload) {
    var reply = HTTP.post("/api/v1/executions/" + execution + "/signals/" + name, payload);
    assertThat(reply.status()).as(reply.body()).isLessThan(300);
  }

  @Test
  void everyExampleIsRunHere() throws IOException {
    var here =
        Files.readString(
            Path.of(System.getProperty("sluice.root", ".."))
                .resolve("server/src/test/java/io/sluice/api/ExamplesTest.java"));
    var missing = new ArrayList<String>();
    try (var files = Files.list(EXAMPLES)) {
      files
          .map(f -> f.getFileName().toString().replace(".yaml", ""))
          .filter(name -> !here.contains('"' + name + '"'))
          .forEach(missing::add);
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void httpRequest() throws IOException {
    var output =
        run("http-request", Map.of("service", service.url(""), "order", Map.of("article", 7)));
    assertThat(output.get("reservation").asString()).isEqualTo("r-1");
    var asked = service.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/reservations?warehouse=north");
    assertThat(asked.header("Authorization")).isEqualTo("Bearer an-example-token");
    assertThat(asked.header("Idempotency-Key")).endsWith("/reserve");
    assertThat(asked.body()).isEqualTo("{\"article\":7}");
  }

  @Test
  void dataTransform() throws IOException {
    var output =
        run("data-transform", Map.of("lines", List.of(Map.of("price", 10, "quantity", 2))));
    assertThat(output.get("gross").asInt()).isEqualTo(24);
  }

  @Test
  void conditional() throws IOException {
    assertThat(run("conditional", Map.of("amount", 500)).get("note").asString())
        .isEqualTo("waiting: the team lead decides");
    var small = run("conditional", Map.of("amount", 5));
    assertThat(small.get("decision").asString()).isEqualTo("approved");
    assertThat(small.path("note").isNull() || small.path("note").isMissingNode()).isTrue();
  }

  @Test
  void parallel() throws IOException {
    var output = run("parallel", Map.of("service", service.url(""), "id", "7"));
    assertThat(output.toString())
        .contains("\"name\":\"Ann\"", "\"orders\":3", "\"greeting\":\"Hello 7\"");
  }

  @Test
  void forEach() throws IOException {
    service.answering(a -> a.path().endsWith("/b") ? json(404, "{}") : json(200, "{}"));
    var contacts = List.of(Map.of("id", "a"), Map.of("id", "b"), Map.of("id", "c"));
    var output = run("for-each", Map.of("service", service.url(""), "contacts", contacts));
    assertThat(output.get("notified").asInt()).isEqualTo(2);
  }

  @Test
  void waits() throws IOException {
    var id = start("wait", Map.of());
    FLOWS.awaitStep(id, "payment", "waiting");
    signal(id, "paid", "{\"amount\": 12}");
    assertThat(FLOWS.ended(id).get("output").asString()).isEqualTo("paid 12");
    assertThat("wait").isNotBlank();
  }

  @Test
  void webhookCall() throws IOException {
    var output = run("webhook-call", Map.of("service", service.url(""), "order", "o-1"));
    assertThat(output.get("status").asInt()).isEqualTo(200);
    assertThat(service.asked().getFirst().header("webhook-signature")).startsWith("v1,");
  }

  @Test
  void functionCall() throws IOException {
    assertThat(run("function-call", Map.of("text", "abc")).get("sha256").asString())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void validation() throws IOException {
    var good = run("validation", Map.of("email", "a@b.c", "age", 30));
    assertThat(good.get("valid").asBoolean()).isTrue();
    var bad = run("validation", Map.of("email", "nobody", "age", 7));
    assertThat(bad.get("valid").asBoolean()).isFalse();
    assertThat(bad.toString()).contains("must be of age");
  }

  @Test
  void subWorkflow() throws IOException {
    push("data-transform");
    var output = run("sub-workflow", Map.of("lines", List.of(Map.of("price", 1, "quantity", 10))));
    assertThat(output.asString()).isEqualTo("To pay: 12 EUR");
  }

  @Test
  void humanTask() throws IOException {
    var id = start("human-task", Map.of("who", "Ann"));
    FLOWS.awaitStep(id, "approve", "waiting");
    HTTP.post("/api/v1/executions/" + id + "/signals/approve", "{\"yes\": \"perhaps\"}")
        .problem(400, "INVALID_INPUT");
    signal(id, "approve", "{\"yes\": true}");
    assertThat(FLOWS.ended(id).get("output").get("granted").asBoolean()).isTrue();
  }

  @Test
  void parallelEnrichment() throws IOException {
    var output = run("parallel-enrichment", Map.of("service", service.url(""), "id", "7"));
    assertThat(output.get("name").asString()).isEqualTo("Ann");
    assertThat(output.get("score").asInt()).isEqualTo(7);
    assertThat(output.get("told").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(scores).hasValue(3);
  }

  @Test
  void approval() throws IOException {
    var input = Map.of("service", service.url(""), "requester", "Ann", "amount", 500);
    var yes = start("approval", input);
    FLOWS.awaitStep(yes, "ask", "waiting");
    signal(yes, "ask", "{\"approved\": true, \"by\": \"Bob\"}");
    assertThat(FLOWS.ended(yes).get("output").toString())
        .contains("\"approvedBy\":\"Bob\"", "\"payment\":\"p-1\"");
    var no = start("approval", input);
    FLOWS.awaitStep(no, "ask", "waiting");
    signal(no, "ask", "{\"approved\": false, \"by\": \"Bob\"}");
    assertThat(FLOWS.ended(no).get("status").asString()).isEqualTo("failed");
    assertThat(service.asked())
        .anyMatch(a -> a.method().equals("DELETE") && a.path().equals("/reservations/r-1"));
  }

  @Test
  void nightlyIngest() throws IOException {
    var output =
        run("nightly-ingest", Map.of("source", service.url(""), "api", HTTP.base() + "/api/v1"));
    assertThat(output.get("listed").asInt()).isEqualTo(2);
    for (var document : output.get("documents")) {
      assertThat(HTTP.ended(document.asString()).get("status").asString()).isEqualTo("completed");
    }
  }
}
