package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// "Retry Policies" of the checklist.
class RetryPoliciesHttpTest {
  private static final Flows FLOWS = new Flows(SharedServer.calls());

  private final List<Long> calls = Collections.synchronizedList(new ArrayList<>());
  private StubService service;

  @BeforeEach
  void open() {
    service = StubService.start();
    service.answering(_ -> {
      calls.add(System.nanoTime() / 1_000_000);
      return StubService.Reply.of(503, "not now");
    });
  }

  @AfterEach
  void close() {
    service.close();
  }

  private JsonNode run(String retry) {
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - id: call
                    type: HTTP_REQUEST
                    config: {service: "%s", method: GET, url: "%s"}
                %s
                """
                    .formatted(UUID.randomUUID(), service.url("/"), retry)),
            "null");
    var ended = FLOWS.ended(id);
    assertThat(ended.get("status").asString()).isEqualTo("failed");
    assertThat(ended.at("/error/code").asString()).isEqualTo("UNEXPECTED_STATUS");
    return FLOWS.step(id, "call");
  }

  private List<Long> gaps() {
    var gaps = new ArrayList<Long>();
    for (int i = 1; i < calls.size(); i++) {
      gaps.add(calls.get(i) - calls.get(i - 1));
    }
    return gaps;
  }

  @Test
  void exponentialRetry() {
    run("    retry: {strategy: EXPONENTIAL, maxAttempts: 4, initialDelay: PT0.2S, jitter: false}");
    assertThat(calls).hasSize(4);
    var gaps = gaps();
    assertThat(gaps.get(0)).isGreaterThanOrEqualTo(195);
    assertThat(gaps.get(1)).isGreaterThanOrEqualTo(395);
    assertThat(gaps.get(2)).isGreaterThanOrEqualTo(795);
  }

  @Test
  void linearRetry() {
    run("    retry: {strategy: LINEAR, maxAttempts: 4, initialDelay: PT0.2S, jitter: false}");
    assertThat(calls).hasSize(4);
    var gaps = gaps();
    assertThat(gaps.get(0)).isGreaterThanOrEqualTo(195);
    assertThat(gaps.get(1)).isGreaterThanOrEqualTo(395);
    assertThat(gaps.get(2)).isGreaterThanOrEqualTo(595);
  }

  @Test
  void fixedRetry() {
    run("    retry: {strategy: FIXED, maxAttempts: 3, initialDelay: PT0.3S, jitter: false}");
    assertThat(calls).hasSize(3);
    assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(295));
  }

  @Test
  void noRetry() {
    run("    retry: {strategy: NONE}");
    assertThat(calls).hasSize(1);
    calls.clear();
    run("");
    assertThat(calls).hasSize(1);
  }

  @Test
  void maxAttemptsEnforcement() {
    var step =
        run("    retry: {strategy: FIXED, maxAttempts: 5, initialDelay: PT0.05S, jitter: false}");
    assertThat(calls).hasSize(5);
    assertThat(step.get("attempts").asInt()).isEqualTo(5);
    assertThat(step.get("state").asString()).isEqualTo("failed");
    assertThat(service.asked().stream().map(a -> a.header("Idempotency-Key")).distinct())
        .hasSize(1);
  }
}
