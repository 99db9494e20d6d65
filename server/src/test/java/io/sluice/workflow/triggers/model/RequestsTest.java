package io.sluice.workflow.triggers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.KeyPlace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static IncomingCall call(String body) {
    return new IncomingCall(
        Map.of(
            "Authorization", List.of("Basic eDp5"),
            "X-Key", List.of("hunter2"),
            "X-Sort", List.of("a", "b")),
        Map.of("page", List.of("2"), "key", List.of("hunter3")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesOutWhatSaysWhoCalls() {
    var inHeader = new KeyPlace(KeyPlace.In.HEADER, "X-Key");
    assertThat(Requests.variable(new UUID(1, 1), call("x"), inHeader, _ -> null))
        .containsEntry("headers", Map.of("x-sort", "a, b"))
        .containsEntry("body", "x");
    var inQuery = new KeyPlace(KeyPlace.In.QUERY, "key");
    assertThat(Requests.variable(new UUID(1, 1), call("x"), inQuery, _ -> null))
        .containsEntry("query", Map.of("page", "2"));
  }

  @Test
  void hasTheBodyAsJsonWhereItIsJson() {
    assertThat(Requests.variable(new UUID(1, 1), call("{}"), null, _ -> Map.of("a", 1)))
        .containsEntry("body", Map.of("a", 1));
  }
}
