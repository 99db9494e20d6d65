package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.ChildServer;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two servers on one database.
class TwoNodesTest {
  private static ChildServer other;

  @BeforeAll
  static void startTheOther() {
    var database = SharedServer.database();
    other =
        ChildServer.launch(
            Scratch.fresh("second-node"),
            "--sluice.providers.embeddings=mock",
            "--sluice.egress-allow=127.0.0.0/8",
            "--sluice.database-url="
                + SharedServer.url(database, database.app().user(), database.app().password()),
            "--sluice.database-owner-url="
                + SharedServer.url(database, database.owner().user(), database.owner().password()));
    other.calls();
  }

  @AfterAll
  static void stopTheOther() {
    other.close();
  }

  @Test
  void noMoreExecutionsOfARunAreAtItThanItsSuiteSaysOnAllNodesTogether() {
    var at = new AtomicInteger();
    var most = new AtomicInteger();
    try (var shop = StubService.start()) {
      // The first two wait for a third, which must not come while they do.
      var third = new CountDownLatch(1);
      var come = new AtomicInteger();
      shop.answering(_ -> {
        int now = at.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        if (now > 2) {
          third.countDown();
        } else if (come.incrementAndGet() <= 2) {
          third.await(500, TimeUnit.MILLISECONDS);
        }
        at.decrementAndGet();
        return StubService.Reply.of(200, "here");
      });
      var desk = new TestDesk(SharedServer.calls());
      var name = TestDesk.name("Few");
      desk.testCase(
          """
          name: %s
          type: http
          parameters: [{n: 1}, {n: 2}, {n: 3}, {n: 4}, {n: 5}, {n: 6}, {n: 7}, {n: 8}, {n: 9}, {n: 10}]
          steps: [{name: look, url: "%s"}, {name: look, url: "%s"}, {name: look, url: "%s"}]
          """
              .formatted(name, shop.url("/"), shop.url("/"), shop.url("/")));
      var suite = desk.suite("name: %s\ncases: [%s]\nconcurrency: 2\n".formatted(name, name));
      var first = made(desk, suite);
      desk.schedule(first);
      var ended = desk.ended(first);
      assertThat(ended.get("counters").get("passed").asInt()).as(ended.toString()).isEqualTo(10);
      assertThat(most.get()).isEqualTo(2);
      var key = "test-run-2:" + first;
      assertThat(
              desk.http()
                  .rows(
                      "select count(*), count(distinct limit_key) from sluice_engine.job where limit_key = '"
                          + key
                          + "'")
                  .getFirst())
          .containsExactly("10", "1");
    }
  }

  private static String made(TestDesk desk, String suite) {
    return desk.post("/test-runs", Map.of("suiteId", suite)).json(201).get("testRunId").asString();
  }

  @Test
  void aRunIsCompletedOnceAndFollowedOnceWithTwoNodes() {
    try (var shop = StubService.start()) {
      var desk = new TestDesk(SharedServer.calls());
      var runs = new ArrayList<String>();
      var follow = new ArrayList<String>();
      for (int r = 0; r < 6; r++) {
        var testCase =
            desk.testCase(
                """
                name: %s
                type: http
                parameters: [{n: 1}, {n: 2}, {n: 3}, {n: 4}, {n: 5}, {n: 6}, {n: 7}, {n: 8}]
                steps: [{name: look, url: "%s"}]
                """
                    .formatted(TestDesk.name("Look"), shop.url("/${row.n}")));
        var after = desk.run(List.of(testCase), Map.of());
        follow.add(after);
        runs.add(
            desk.run(
                List.of(testCase),
                Map.of(
                    "completion",
                    Map.of("kind", "test.run", "input", Map.of("testRunId", after)))));
      }
      runs.forEach(desk::schedule);
      for (int r = 0; r < runs.size(); r++) {
        var ended = desk.when(runs.get(r), run -> run.has("completionJobId"));
        assertThat(ended.get("counters").get("passed").asInt()).isEqualTo(8);
        assertThat(ended.get("revision").asInt()).isEqualTo(1);
        assertThat(
                desk.http()
                    .rows(
                        "select count(*) from sluice_engine.job where kind = 'test.run' and input::text like '%"
                            + follow.get(r)
                            + "%'")
                    .getFirst())
            .containsExactly("1");
      }
      assertThat(shop.asked()).hasSize(48);
    }
  }
}
