package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.ChildServer;
import io.sluice.testing.StubService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A real server in a process of its own, killed with `kill -9` in every stage of a run: scheduled,
/// executing, validating, waiting for people. Nothing is lost, nothing is counted twice.
@Tag("crash")
class KilledRunTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CASES = 30;
  private static final List<Integer> KILLS = List.of(1, 9, 20);

  @Test
  void everyStageSurvivesAKill() throws Exception {
    var data = Scratch.fresh("killed-run");
    var reached = new CountDownLatch(1);
    try (var assistant = StubService.start()) {
      var held = new CountDownLatch(1);
      assistant.answering(asked -> {
        reached.countDown();
        held.await();
        return reply(asked);
      });
      String run;
      String after;
      try (var child = launch(data)) {
        var desk = new TestDesk(child.calls());
        after = desk.run(List.of(cases(desk, 1).getFirst()), environment(assistant));
        run = scheduled(desk, assistant, after);
        child.kill(); // scheduled, and some perhaps taken up
      }
      try (var child = launch(data)) {
        child.calls();
        reached.await();
        child.kill(); // runners are in the middle of their calls
      }
      held.countDown();
      for (int ended : KILLS) {
        try (var child = launch(data)) {
          var http = child.calls();
          Await.until(
              ended + " validations",
              Duration.ofSeconds(40),
              () -> count(http, "select count(*) from sluice.validation") >= ended);
          child.kill(); // executing and validating side by side
        }
      }
      String review;
      try (var child = launch(data)) {
        var desk = new TestDesk(child.calls());
        var ended = desk.ended(run);
        assertThat(ended.get("status").asString()).isEqualTo("completed");
        assertWhole(desk, run);
        review =
            desk.http()
                .rows(
                    "select min(review_id::text) from sluice.review_item where status = 'pending'")
                .getFirst()
                .getFirst();
        child.kill(); // people have yet to decide
      }
      try (var child = launch(data)) {
        var desk = new TestDesk(child.calls());
        desk.decide(desk.reviewer("en"), review, "pass");
        assertThat(desk.show(run).get("revision").asInt()).isGreaterThan(1);
        assertThat(
                count(
                    desk.http(),
                    "select count(*) from sluice_engine.job where kind = 'test.run'"
                        + " and input::text like '%"
                        + after
                        + "%'"))
            .isEqualTo(1);
      }
    }
  }

  private static ChildServer launch(Path data) {
    return ChildServer.launch(
        data,
        "--sluice.lease=1s",
        "--sluice.egress-allow=127.0.0.0/8",
        "--sluice.providers.embeddings=mock");
  }

  private static Map<String, Object> environment(StubService assistant) {
    return Map.of(
        "environment", Map.of("assistant", Map.of("type", "text", "url", assistant.url("/text"))));
  }

  private static String scheduled(TestDesk desk, StubService assistant, String after) {
    var body = new java.util.LinkedHashMap<String, Object>(environment(assistant));
    body.put("completion", Map.of("kind", "test.run", "input", Map.of("testRunId", after)));
    var run = desk.run(cases(desk, CASES), body);
    assertThat(desk.schedule(run).get("scheduledCount").asInt()).isEqualTo(CASES);
    return run;
  }

  private static List<String> cases(TestDesk desk, int many) {
    var out = new ArrayList<String>();
    for (int i = 0; i < many; i++) {
      out.add(
          desk.testCase(
              """
              name: %s
              type: voice
              languages:
                en-US: {utterance: "turn on light %d", expect: {intent: lights.on, entities: {light: %d}, reply: "Light %d is on."}}
              """
                  .formatted(TestDesk.name("Light"), i, i, i)));
    }
    return out;
  }

  /// Right for even lights, wrong for odd ones.
  private static StubService.Reply reply(StubService.Asked asked) {
    var text = JSON.readTree(asked.body()).path("text").asString();
    int light = Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    boolean right = light % 2 == 0;
    return StubService.Reply.of(
            200,
            JSON.writeValueAsString(
                Map.of(
                    "intent",
                    right ? "lights.on" : "lights.off",
                    "entities",
                    Map.of("light", light),
                    "reply",
                    "Light " + light + (right ? " is on." : " is off."))))
        .with("Content-Type", "application/json");
  }

  private static int count(Calls http, String query) {
    return Integer.parseInt(http.rows(query).getFirst().getFirst());
  }

  private static void assertWhole(TestDesk desk, String run) {
    var http = desk.http();
    var counters = desk.show(run).get("counters");
    assertThat(counters.get("total").asInt()).isEqualTo(CASES);
    assertThat(counters.get("open").asInt()).isZero();
    assertThat(counters.get("passed").asInt()).as(counters.toString()).isEqualTo(CASES / 2);
    assertThat(counters.get("reviewPending").asInt()).isEqualTo(CASES / 2);
    assertThat(desk.show(run).get("revision").asInt()).isEqualTo(1);
    // Each execution: one validation, one question if it did not pass, each move and step once.
    var of = " where run_id = '" + run + "'";
    assertThat(count(http, "select count(*) from sluice.validation" + of)).isEqualTo(CASES);
    assertThat(count(http, "select count(distinct execution_id) from sluice.validation" + of))
        .isEqualTo(CASES);
    assertThat(
            count(
                http,
                "select count(*) from sluice.review_item i join sluice.validation v on v.validation_id = i.subject_id"
                    + " where v.run_id = '"
                    + run
                    + "'"))
        .isEqualTo(CASES / 2);
    assertThat(
            http.rows(
                "select t.execution_id from sluice.test_transition t join sluice.test_execution e using (execution_id)"
                    + " where e.run_id = '"
                    + run
                    + "' group by 1 having count(*) <> 3 or count(distinct move) <> 3"))
        .isEmpty();
    assertThat(
            http.rows(
                "select execution_id from sluice.test_execution"
                    + of
                    + " and (jsonb_array_length(trace) <> 1 or attempts <> 1)"))
        .isEmpty();
  }
}
