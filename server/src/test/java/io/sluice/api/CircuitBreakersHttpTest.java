package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.guard.Call;
import io.sluice.guard.NotNow;
import io.sluice.guard.Outbound;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What operators see and do: each line of the checklist of circuit breakers.
class CircuitBreakersHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String QUICK =
      """
      {"minimumCalls": 4, "failureRateThreshold": 50, "waitDurationInOpen": "PT2S", "permittedCallsInHalfOpen": 1}
      """;

  private final Outbound outbound = SharedServer.context().getBean(Outbound.class);
  private final StubService service = StubService.start();
  private final String name = "http-" + UUID.randomUUID();
  private final String path = "/api/v1/circuit-breakers/" + name;

  @AfterEach
  void stop() {
    service.close();
  }

  private int call() throws InterruptedException {
    try {
      return outbound.send(Call.get(TenantId.DEFAULT, name, service.url("/"))).status();
    } catch (NotNow _) {
      return 0;
    }
  }

  private static Reply put(String path, String json, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return HTTP.send("PUT", path, BodyPublishers.ofString(json), all);
  }

  private JsonNode get() {
    return HTTP.get(path).json(200);
  }

  private String state() {
    return get().get("state").asString();
  }

  private void open() throws InterruptedException {
    open(QUICK);
  }

  private void open(String config) throws InterruptedException {
    put(path + "/config", config, Map.of()).json(200);
    service.answering(500);
    for (int i = 0; i < 4; i++) {
      assertThat(call()).isEqualTo(500);
    }
    assertThat(state()).isEqualTo("OPEN");
  }

  @Test
  void isMadeByTheFirstCall() throws InterruptedException {
    HTTP.get(path).problem(404, "UNKNOWN_CIRCUIT_BREAKER");
    assertThat(call()).isEqualTo(200);
    var breaker = get();
    assertThat(breaker.get("serviceId").asString()).isEqualTo(name);
    assertThat(breaker.get("state").asString()).isEqualTo("CLOSED");
    assertThat(breaker.get("window").get("calls").asInt()).isEqualTo(1);
    assertThat(breaker.get("config").get("windowSize").asString()).isEqualTo("PT1M");
    assertThat(breaker.get("parked").asInt()).isZero();
  }

  @Test
  void opensHalfOpensAndClosesByItself() throws InterruptedException {
    open();
    var open = get();
    assertThat(open.get("openUntil").asString()).isGreaterThan(open.get("openedAt").asString());
    assertThat(open.get("window").get("failureRate").asDouble()).isEqualTo(100);
    int asked = service.asked().size();
    assertThat(call()).isZero();
    assertThat(service.asked()).hasSize(asked);
    service.answering(200);
    Await.until("half-open by itself", PATIENCE, () -> state().equals("HALF_OPEN"));
    assertThat(get().get("permits").get("permitted").asInt()).isEqualTo(1);
    Await.until("the trial call goes through", PATIENCE, () -> call() == 200);
    var closed = get();
    assertThat(closed.get("state").asString()).isEqualTo("CLOSED");
    assertThat(closed.has("openUntil")).isFalse();
    assertThat(closed.get("history").valueStream().map(c -> c.get("code").asString()))
        .containsExactly(
            "circuit.closed", "circuit.half_open", "circuit.opened", "circuit.configured");
    assertThat(HTTP.metric("sluice_outbound_not_now_total")).isPositive();
  }

  @Test
  void opensAgainWhenTheTrialFails() throws InterruptedException {
    open();
    Await.until("the trial call fails", PATIENCE, () -> call() == 500);
    assertThat(state()).isEqualTo("OPEN");
    assertThat(get().get("openings").asInt()).isEqualTo(2);
  }

  /// Two attempts are all that the step has: were a park one of them, it would fail.
  @Test
  void aStepThatIsRetriedParksWithoutSpendingAttempts() throws InterruptedException {
    open(QUICK.replace("PT2S", "PT1S").replace("}", ", \"waitGrowth\": 1}"));
    var flows = new Flows(HTTP);
    int before = service.asked().size();
    service.answering(_ -> {
      boolean first = service.asked().size() <= before + 1;
      return StubService.Reply.of(first ? 503 : 200, "{}");
    });
    var id =
        flows.start(
            flows.create(
                """
                steps:
                  - id: call
                    type: HTTP_REQUEST
                    config: {service: "%s", method: GET, url: "%s"}
                    retry: {strategy: FIXED, maxAttempts: 2, initialDelay: PT0.01S, jitter: false}
                """
                    .formatted(name, service.url("/"))),
            "null");
    var done = flows.ended(id);
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
    assertThat(flows.step(id, "call").get("attempts").asInt()).isEqualTo(2);
    assertThat(service.asked()).hasSize(before + 2);
    assertThat(get().get("openings").asInt()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void isResetByHand() throws InterruptedException {
    open();
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var reset = HTTP.post(path + "/reset", "", key).json(200);
    assertThat(reset.get("state").asString()).isEqualTo("CLOSED");
    assertThat(reset.get("window").get("calls").asInt()).isZero();
    assertThat(HTTP.post(path + "/reset", "", key).json(200)).isEqualTo(reset);
    service.answering(200);
    assertThat(call()).isEqualTo(200);
    HTTP.post("/api/v1/circuit-breakers/nobody/reset", "").problem(404, "UNKNOWN_CIRCUIT_BREAKER");
  }

  @Test
  void isConfiguredAgainstTheVersionThatWasSeen() {
    var first = put(path + "/config", QUICK, Map.of());
    assertThat(first.json(200).get("config").get("minimumCalls").asInt()).isEqualTo(4);
    var tag = first.raw().headers().firstValue("ETag").orElseThrow();
    assertThat(HTTP.get(path).raw().headers().firstValue("ETag")).contains(tag);
    var limited =
        put(
            path + "/config",
            "{\"rateLimit\": {\"requests\": 5, \"per\": \"PT1S\"}}",
            Map.of("If-Match", tag));
    var config = limited.json(200).get("config");
    assertThat(config.get("rateLimit").get("requests").asInt()).isEqualTo(5);
    assertThat(config.get("minimumCalls").asInt()).as("what is left out").isEqualTo(10);
    put(path + "/config", QUICK, Map.of("If-Match", tag)).problem(412, "STALE");
    put(path + "/config", QUICK, Map.of("If-Match", "\"x\"")).problem(412, "STALE");
  }

  @Test
  void aBadConfigurationIsRefusedWithEveryFault() {
    var problem =
        put(path + "/config", "{\"failureRateThreshold\": 0, \"minimumCalls\": 0}", Map.of())
            .problem(400, "BAD_CIRCUIT_CONFIG");
    assertThat(problem.get("errors").valueStream().map(e -> e.get("pointer").asString()))
        .containsExactly("/failureRateThreshold", "/minimumCalls");
    put(path + "/config", "{\"failureRate\": 1}", Map.of()).problem(400, "BAD_BODY");
    put(path + "/config", "{\"windowSize\": \"soon\"}", Map.of()).problem(400, "BAD_BODY");
    put("/api/v1/circuit-breakers/-bad-/config", QUICK, Map.of()).problem(400, "BAD_SERVICE");
    HTTP.get(path).problem(404, "UNKNOWN_CIRCUIT_BREAKER");
  }

  @Test
  void isListedByStateAndService() throws InterruptedException {
    open();
    // It stays open for the test.
    put(path + "/config", "{\"waitDurationInOpen\": \"PT1H\"}", Map.of());
    var mine = HTTP.get("/api/v1/circuit-breakers?service=" + name).json(200).get("items");
    assertThat(mine).hasSize(1);
    assertThat(HTTP.get("/api/v1/circuit-breakers?service=nobody").json(200).get("items"))
        .isEmpty();
    HTTP.get("/api/v1/circuit-breakers?state=AJAR").problem(400, "BAD_STATE");
    assertThat(
            HTTP.get("/api/v1/circuit-breakers?state=CLOSED&service=" + name)
                .json(200)
                .get("items"))
        .isEmpty();
    put("/api/v1/circuit-breakers/a-" + name + "/config", "{}", Map.of()).json(200);
    var page = HTTP.get("/api/v1/circuit-breakers?limit=1").json(200);
    var next =
        HTTP.get("/api/v1/circuit-breakers?limit=1&cursor=" + page.get("nextCursor").asString())
            .json(200);
    assertThat(next.get("items").get(0).get("serviceId").asString())
        .isGreaterThan(page.get("items").get(0).get("serviceId").asString());
    HTTP.get("/api/v1/circuit-breakers?cursor=%25").problem(400, "BAD_CURSOR");
  }

  @Test
  void isRemoved() throws InterruptedException {
    assertThat(call()).isEqualTo(200);
    assertThat(HTTP.delete(path).status()).isEqualTo(204);
    HTTP.get(path).problem(404, "UNKNOWN_CIRCUIT_BREAKER");
    HTTP.delete(path).problem(404, "UNKNOWN_CIRCUIT_BREAKER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/circuit-breakers", "/api/v1/orchestration/circuit-breakers"})
  void isReachedByBothRoutes(String base) {
    var own = base + "/" + name;
    put(own + "/config", QUICK, Map.of()).json(200);
    assertThat(HTTP.get(own).json(200).get("serviceId").asString()).isEqualTo(name);
    HTTP.post(own + "/reset", "").json(200);
    assertThat(HTTP.get(base + "?service=" + name).json(200).get("items")).hasSize(1);
    assertThat(HTTP.delete(own).status()).isEqualTo(204);
  }
}
