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
      insert into sluice_engine.job (id, tenant_id, queue, kind, state, fence, ready_order, finished_at, input)
      select sluice_engine.uuid_v7(), gen_random_uuid(), 'default', 'k', '%s', %d,
        now() - n * interval '1 ms', %s, '{}' from generate_series(1, %d) n
      """;

  @Test
  void aClaimReadsTheReadyInOrderFromTheirIndexAndSortsNothing() throws Exception {
    db.execute("select sluice_engine.cover(now(), interval '7 days')");
    db.execute(FILL.formatted("done", 2, "now()", 50_000));
    db.execute(FILL.formatted("queued", 0, "null", 5_000));
    db.execute("vacuum analyze sluice_engine.job");
    var plan = String.join("\n", db.texts("explain " + inner()));
    assertThat(plan).contains("queue_ready_order_idx").doesNotContain("Sort  ", "Seq Scan on job");
  }

  @Test
  void aClaimTouchesNoMoreThanItTakes() throws Exception {
    db.execute("vacuum analyze sluice_engine.job");
    var plan = String.join("\n", db.texts("explain (analyze, buffers off) " + inner()));
    assertThat(plan).doesNotContain("Rows Removed by Filter");
  }

  /// The select inside of [ClaimStore#CLAIM], with its parameters filled in.
  private static String inner() {
    var text = ClaimStore.CLAIM.text();
    int from = text.indexOf("select r.id");
    int to = text.indexOf("for update skip locked", from);
    return text.substring(from, to)
            .replaceFirst("r.queue = \\?", "r.queue = 'default'")
            .replaceFirst("any \\(\\?\\)", "any ('{k}')")
            .replaceFirst("q.name = \\?", "q.name = 'default'")
            .replaceFirst("limit \\?", "limit 100")
        + "for update skip locked";
  }
}
