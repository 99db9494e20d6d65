package io.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.EngineDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Work finished long ago does not slow down work that is ready now.
class ClaimPlanTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final String FILL =
      """
      insert into sluice_engine.job (id, tenant_id, queue, kind, state, ready, fence, ready_order, finished_at, input)
      select sluice_engine.uuid_v7(), gen_random_uuid(), 'default', 'k', '%1$s', '%1$s' = 'queued', %2$d,
        now() - n * interval '1 ms', %3$s, '{}' from generate_series(1, %4$d) n
      """;

  @Test
  void aClaimReadsTheReadyInOrderFromTheirIndexAndSortsNothing() throws Exception {
    db.execute("select sluice_engine.cover(now(), interval '7 days')");
    db.execute(FILL.formatted("done", 2, "now()", 50_000));
    db.execute("vacuum analyze sluice_engine.job");
    // After the statistics were taken, as a backlog comes: the planner does not know of it.
    db.execute(FILL.formatted("queued", 0, "null", 5_000));

    var plan = plan();

    assertThat(plan)
        .contains("queue_ready_order_idx")
        .doesNotContain("Sort  ", "Seq Scan on job_2", "Rows Removed by Filter");
    assertThat(plan).contains("rows=100");
  }

  /// The plan of the select inside of the function `claim`, under the function's own settings.
  private static String plan() throws Exception {
    var source =
        db.texts("select prosrc from pg_proc where oid = 'sluice_engine.claim'::regproc")
            .getFirst();
    var settings =
        db.texts(
            "select unnest(proconfig) from pg_proc where oid = 'sluice_engine.claim'::regproc");
    int from = source.indexOf("select r.id");
    int to = source.indexOf("for update skip locked", from);
    var inner =
        source
                .substring(from, to)
                .replace("r.queue = target", "r.queue = 'default'")
                .replace("any (known)", "any ('{k}')")
                .replace("q.name = target", "q.name = 'default'")
                .replace("limit most", "limit 100")
            + "for update skip locked";
    try (var connection = db.owner();
        var statement = connection.createStatement()) {
      for (var setting : settings) {
        statement.execute("set " + setting);
      }
      var lines = new StringBuilder();
      try (var rows = statement.executeQuery("explain (analyze, buffers off) " + inner)) {
        while (rows.next()) {
          lines.append(rows.getString(1)).append('\n');
        }
      }
      return lines.toString();
    }
  }
}
