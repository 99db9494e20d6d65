package io.sluice.guard.store;

import io.sluice.guard.model.Counts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// What nodes have counted.
@Repository
public class WindowStore {
  /// In the order of the key, so that two nodes never wait for each other crosswise. What was
  /// counted for a breaker that is gone is dropped.
  static final String ADD =
      """
      insert into sluice.circuit_window as w (tenant_id, service, bucket_start, node_id, calls, failed, slow)
      select d.tenant, d.service, d.bucket, :node, d.calls, d.failed, d.slow
      from jsonb_to_recordset(:deltas::jsonb)
        as d (tenant uuid, service text, bucket timestamptz, calls bigint, failed bigint, slow bigint)
      join sluice.circuit_breaker b on b.tenant_id = d.tenant and b.service = d.service
      order by d.tenant, d.service, d.bucket
      on conflict (tenant_id, service, bucket_start, node_id)
      do update set calls = w.calls + excluded.calls, failed = w.failed + excluded.failed, slow = w.slow + excluded.slow
      """;

  /// No window reaches further back than an hour.
  static final String PRUNE =
      """
      delete from sluice.circuit_window where bucket_start < clock_timestamp() - interval '1 hour 5 minutes'
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  /// On a database.
  public WindowStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// What was counted in a bucket since the last time.
  public record Delta(Key key, Instant bucket, Counts counts) {}

  /// Adds what a node has counted.
  public void add(UUID node, List<Delta> deltas) {
    var rows =
        deltas.stream()
            .map(d ->
                new Row(
                    d.key().tenant().value(),
                    d.key().service(),
                    d.bucket().toString(),
                    d.counts().calls(),
                    d.counts().failed(),
                    d.counts().slow()))
            .toList();
    jdbc.sql(ADD).param("node", node).param("deltas", json.writeValueAsString(rows)).update();
  }

  private record Row(
      UUID tenant, String service, String bucket, long calls, long failed, long slow) {}

  /// Drops what no window reaches.
  public void prune() {
    jdbc.sql(PRUNE).update();
  }
}
