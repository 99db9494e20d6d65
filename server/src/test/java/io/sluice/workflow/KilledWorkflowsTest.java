package io.sluice.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.ChildServer;
import io.sluice.testing.StubService;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// A real server, killed with `kill -9` at random instants while executions call a service that
/// counts.
@Tag("crash")
@Timeout(1200)
class KilledWorkflowsTest {
  private static final int KILLS = Integer.getInteger("sluice.crash.kills", 5);
  private static final int EXECUTIONS_A_LIFE = 8;
  private static final Duration TAKEN_UP = Duration.ofSeconds(15);
  private static final String KEY = "Idempotency-Key";
  private static final String STEPS =
      """
      name: killed
      steps:
        - {id: a, type: HTTP_REQUEST, config: {service: counter, method: POST, url: "%1$s/a/${input.n}"}}
        - {id: b, type: HTTP_REQUEST, dependsOn: [a], config: {service: counter, method: POST, url: "%1$s/b/${input.n}"}}
        - id: each
          type: FOR_EACH
          dependsOn: [a]
          config:
            items: "[1..4]"
            concurrency: 2
            steps: [{id: call, type: HTTP_REQUEST, config: {service: counter, method: POST, url: "%1$s/each/${input.n}/${item}"}}]
        - {id: c, type: HTTP_REQUEST, dependsOn: [b, each], config: {service: counter, method: POST, url: "%1$s/c/${input.n}"}}
      output: "${steps.c.output.status}"
      """;

  @Test
  void aRecordedStepIsCalledOnceAndOneThatWasCutShortRepeatsWithItsKey() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("KilledWorkflowsTest: -Dsluice.seed=" + seed);
    var random = new Random(seed);
    var data = Scratch.fresh("killed-workflows");
    try (var service = StubService.start()) {
      service.answering(_ -> {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        return StubService.Reply.of(200, "{}");
      });
      var started = new ArrayList<String>();
      var seen = new HashMap<String, Long>();
      for (int kill = 0; kill < KILLS; kill++) {
        try (var child = launch(data)) {
          var http = child.calls();
          push(http, service);
          started.addAll(start(http, started.size()));
          LockSupport.parkNanos(Duration.ofMillis(random.nextInt(50, 900)).toNanos());
          seen.putAll(recorded(http, service));
          child.kill();
        }
      }
      try (var child = launch(data)) {
        var http = child.calls();
        Await.until(
            "every execution is taken up and ends",
            TAKEN_UP.plusSeconds(started.size() / 4),
            () -> open(http) == 0);
        assertCompleted(http, started);
        assertCalls(service, seen);
      }
    }
  }

  private static ChildServer launch(Path data) {
    return ChildServer.launch(data, "--sluice.egress-allow=127.0.0.0/8", "--sluice.lease=2s");
  }

  private static void push(Calls http, StubService service) {
    var reply =
        http.send(
            "POST",
            "/api/v1/workflows",
            BodyPublishers.ofString(STEPS.formatted("http://127.0.0.1:" + service.port())),
            Map.of("Content-Type", "application/yaml"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
  }

  private static List<String> start(Calls http, int from) {
    var inputs = new ArrayList<String>();
    for (int n = from; n < from + EXECUTIONS_A_LIFE; n++) {
      inputs.add("{\"n\":" + n + "}");
    }
    return http.post(
            "/api/v1/workflows/killed/execute", "{\"inputs\":[" + String.join(",", inputs) + "]}")
        .json(202)
        .get("executionIds")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  /// By path, how often it had been called when its step was seen to be recorded.
  private static Map<String, Long> recorded(Calls http, StubService service) {
    var steps =
        http.rows(
            """
            select c.name, j.input -> 'input' ->> 'n', c.scope from sluice_engine.checkpoint c
            join sluice_engine.job j on j.id = c.job_id
            where j.kind = 'workflow.execution' and c.status = 'done' and c.name in ('a', 'b', 'c', 'call')
            """);
    var counts = counts(service);
    var seen = new HashMap<String, Long>();
    for (var step : steps) {
      var path =
          step.get(0).equals("call")
              ? "/each/" + step.get(1) + "/" + (place(step.get(2)) + 1)
              : "/" + step.get(0) + "/" + step.get(1);
      assertThat(counts).containsKey(path);
      seen.put(path, counts.get(path));
    }
    return seen;
  }

  private static int place(String scope) {
    return Integer.parseInt(scope.substring(scope.lastIndexOf('/') + 1));
  }

  private static Map<String, Long> counts(StubService service) {
    return service.asked().stream()
        .collect(Collectors.groupingBy(StubService.Asked::path, Collectors.counting()));
  }

  private static long open(Calls http) {
    return Long.parseLong(
        http.rows(
                "select count(*) from sluice_engine.job where kind = 'workflow.execution' and finished_at is null")
            .getFirst()
            .getFirst());
  }

  private static void assertCompleted(Calls http, List<String> started) {
    assertThat(
            http.rows(
                "select count(*), count(distinct result::text) from sluice_engine.job where kind = 'workflow.execution' and state = 'done'"))
        .containsExactly(List.of(String.valueOf(started.size()), "1"));
    var last = http.get("/api/v1/executions/" + started.getLast()).json(200);
    assertThat(last.get("status").asString()).isEqualTo("completed");
    assertThat(last.get("output").asInt()).isEqualTo(200);
  }

  private static void assertCalls(StubService service, Map<String, Long> seen) {
    var counts = counts(service);
    // What was recorded was not called again.
    seen.forEach((path, count) -> assertThat(counts.get(path)).as(path).isEqualTo(count));
    var keys =
        service.asked().stream()
            .collect(
                Collectors.groupingBy(
                    StubService.Asked::path,
                    Collectors.mapping(a -> String.valueOf(a.header(KEY)), Collectors.toSet())));
    keys.forEach((path, used) -> assertThat(used).as(path).hasSize(1).doesNotContain("null"));
    var all = keys.values().stream().flatMap(java.util.Set::stream).toList();
    assertThat(all).doesNotHaveDuplicates();
    // A kill cuts at most one call short of each step that ran.
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(1L, (long) KILLS + 1));
  }
}
