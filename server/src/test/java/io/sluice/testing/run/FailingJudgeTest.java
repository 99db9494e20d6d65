package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.Await;
import io.sluice.testing.ChildServer;
import io.sluice.testing.StubService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A service that validation needs fails: the validation is tried again, then a dead letter, and
/// the run ends all the same.
class FailingJudgeTest {
  private static final String ANSWER =
      "{\"intent\": \"lights.on\", \"entities\": {}, \"reply\": \"Done.\"}";
  private static final String OPINION =
      "{\"choices\": [{\"message\": {\"content\": \"{\\\"score\\\": 1, \\\"reason\\\": \\\"right\\\"}\"}}]}";

  @Test
  void validationIsTriedFourTimesThenADeadLetterAndCanBeRedriven() {
    var broken = new AtomicBoolean(true);
    try (var service = StubService.start()) {
      service.answering(asked ->
          asked.path().startsWith("/v1")
              ? broken.get() ? StubService.Reply.of(500, "no") : json(OPINION)
              : json(ANSWER));
      try (var child =
          ChildServer.launch(
              Scratch.fresh("failing-judge"),
              "--sluice.egress-allow=127.0.0.0/8",
              "--sluice.providers.embeddings=mock",
              "--sluice.validation-retry=100ms",
              "--sluice.providers.chat.url=" + service.url("/v1"),
              "--sluice.providers.chat.model=judge")) {
        var desk = new TestDesk(child.calls());
        var run = run(desk, service);
        desk.schedule(run);
        var ended = desk.ended(run);
        assertThat(ended.get("status").asString()).isEqualTo("completed");
        assertThat(ended.get("counters").get("error").asInt()).as(ended.toString()).isEqualTo(1);
        var execution = desk.executions(run).getFirst();
        assertThat(execution.get("validationState").asString()).isEqualTo("failed");
        assertThat(service.asked().stream().filter(a -> a.path().startsWith("/v1")).count())
            .isEqualTo(4);
        var dead = desk.get("/jobs?state=deadletter&limit=10").get("items").get(0);
        assertThat(dead.get("kind").asString()).isEqualTo("test.validate");

        broken.set(false);
        desk.post("/jobs/" + dead.get("id").asString() + "/retry", Map.of());
        Await.until(
            "the validation is made up for",
            Duration.ofSeconds(30),
            () -> desk.show(run).get("counters").get("passed").asInt() == 1);
        assertThat(desk.show(run).get("revision").asInt()).isEqualTo(2);
      }
    }
  }

  private static StubService.Reply json(String body) {
    return StubService.Reply.of(200, body).with("Content-Type", "application/json");
  }

  private static String run(TestDesk desk, StubService service) {
    var testCase =
        desk.testCase(
            """
            name: %s
            type: voice
            weights: {judge: 1}
            languages:
              en-US: {utterance: "lights on", expect: {intent: lights.on}}
            """
                .formatted(TestDesk.name("Judged")));
    return desk.run(
        List.of(testCase),
        Map.of(
            "environment",
            Map.of("assistant", Map.of("type", "text", "url", service.url("/text")))));
  }
}
