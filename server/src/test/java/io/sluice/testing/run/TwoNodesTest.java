package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.ChildServer;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two servers on one database.
class TwoNodesTest {
  @Test
  void aRunIsCompletedOnceAndFollowedOnceWithTwoNodes() {
    var database = SharedServer.database();
    try (var shop = StubService.start();
        var other =
            ChildServer.launch(
                Scratch.fresh("second-node"),
                "--sluice.providers.embeddings=mock",
                "--sluice.egress-allow=127.0.0.0/8",
                "--sluice.database-url="
                    + SharedServer.url(database, database.app().user(), database.app().password()),
                "--sluice.database-owner-url="
                    + SharedServer.url(
                        database, database.owner().user(), database.owner().password()))) {
      other.calls();
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
