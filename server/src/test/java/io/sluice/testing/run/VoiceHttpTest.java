package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.SharedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Cases that are spoken to the sample assistant, over real HTTP.
class VoiceHttpTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  @Test
  void whatIsSpokenIsHeardAndKept() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/espeak-ng")), "espeak-ng is not installed");
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: voice
            languages:
              en-US: {utterance: "turn on the kitchen light", expect: {intent: lights.on, entities: {room: kitchen}}}
            """
                .formatted(TestDesk.name("Spoken")));
    var url = SharedServer.calls().base().resolve("/sample-assistant/voice").toString();
    var run =
        DESK.run(
            List.of(testCase),
            Map.of(
                "environment",
                Map.of(
                    "assistant",
                    Map.of(
                        "type",
                        "http",
                        "url",
                        url,
                        "parts",
                        List.of(
                            Map.of("name", "audio", "audio", "wav"),
                            Map.of("name", "language", "value", "${utterance.language}"))))));
    DESK.schedule(run);
    DESK.ended(run);
    var execution = DESK.executions(run).getFirst();
    assertThat(execution.get("outcome").asString()).as(execution.toString()).isEqualTo("passed");
    assertThat(execution.get("result").get("transcript").asString())
        .isEqualToIgnoringCase("turn on the kitchen light");
    var whole = DESK.get("/test-executions/" + execution.get("executionId").asString());
    assertThat(whole.get("artifacts").valueStream().map(a -> a.get("name").asString()))
        .contains("utterance-1");
    assertThat(whole.get("trace")).hasSize(2);
  }

  @Test
  void aConversationGoesOnTurnByTurn() {
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: voice
            languages:
              en-US:
                turns:
                  - {utterance: "turn on the kitchen light", expect: {intent: lights.on}}
                  - {utterance: "turn off the kitchen light", expect: {intent: lights.off}}
            """
                .formatted(TestDesk.name("Talk")));
    var url = SharedServer.calls().base().resolve("/sample-assistant/text").toString();
    var run =
        DESK.run(
            List.of(testCase),
            Map.of("environment", Map.of("assistant", Map.of("type", "text", "url", url))));
    DESK.schedule(run);
    DESK.ended(run);
    var execution = DESK.executions(run).getFirst();
    assertThat(execution.get("outcome").asString()).as(execution.toString()).isEqualTo("passed");
    assertThat(execution.get("result").get("turns")).hasSize(2);
  }
}
