package io.sluice.review.store;

import io.sluice.engine.TenantId;
import io.sluice.review.Agreement;
import io.sluice.review.Calibration.Judged;
import io.sluice.review.Statistics.ByPair;
import io.sluice.review.Statistics.ByReviewer;
import io.sluice.review.Statistics.Depth;
import io.sluice.review.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads for statistics.
@Repository
public class StatisticsStore {
  static final String DEPTH =
      """
      select language, count(*) filter (where status = 'pending'), count(*) filter (where status = 'claimed'),
        min(created_at) filter (where status = 'pending')
      from sluice.review_item where tenant_id = :tenant and status in ('pending', 'claimed')
      group by rollup (language) order by language nulls first
      """;

  /// Of all tenants; of what waits alone there are indexes.
  static final String WAITING =
      """
      select language, count(*) filter (where status = 'pending'), count(*) filter (where status = 'claimed'),
        coalesce(extract(epoch from now() - min(created_at) filter (where status = 'pending')), 0)
      from sluice.review_item where status in ('pending', 'claimed') group by language
      """;

  static final String REVIEWERS =
      """
      select r.reviewer_id, r.name, count(*), count(*) filter (where d.verdict = 'pass'),
        count(*) filter (where d.verdict = 'fail'), percentile_cont(0.5) within group (order by d.took_s),
        count(i.control), count(*) filter (where i.control = d.verdict),
        count(*) filter (where i.control is null and i.status = 'completed' and i.verdict <> d.verdict)
      from sluice.review_decision d
      join sluice.reviewer r on r.reviewer_id = d.reviewer_id
      join sluice.review_item i on i.review_id = d.review_id
      where d.tenant_id = :tenant and d.undone_at is null
        and (:since::timestamptz is null or d.decided_at >= :since::timestamptz)
      group by r.reviewer_id, r.name order by count(*) desc, r.name
      """;

  static final String PAIRS =
      """
      select a.reviewer_id, b.reviewer_id, i.language, a.verdict, b.verdict
      from sluice.review_decision a
      join sluice.review_decision b on b.review_id = a.review_id and b.reviewer_id > a.reviewer_id and b.undone_at is null
      join sluice.review_item i on i.review_id = a.review_id
      where a.tenant_id = :tenant and a.undone_at is null
        and (:since::timestamptz is null or least(a.decided_at, b.decided_at) >= :since::timestamptz)
      order by a.reviewer_id, b.reviewer_id, i.language
      """;

  static final String JUDGED =
      """
      select i.confidence / 100, i.payload ->> 'reviewStatus', i.verdict
      from sluice.review_item i
      where i.tenant_id = :tenant and i.status = 'completed' and i.control is null and i.confidence is not null
        and i.reused_from is null and i.payload ->> 'reviewStatus' is not null
        and (:group::text is null or i.group_name = :group::text)
        and (:language::text is null or i.language = :language::text)
      """;

  private final JdbcClient jdbc;

  StatisticsStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What waits.
  public List<Depth> depth(TenantId tenant) {
    return jdbc.sql(DEPTH)
        .param("tenant", tenant.value())
        .query((row, _) ->
            new Depth(row.getString(1), row.getLong(2), row.getLong(3), ReviewRows.instant(row, 4)))
        .list();
  }

  /// What waits in a language.
  ///
  /// @param oldestAgeSeconds of pending items; 0: there is none
  public record Waiting(String language, long pending, long claimed, double oldestAgeSeconds) {}

  /// What waits, of all tenants.
  public List<Waiting> waiting() {
    return jdbc.sql(WAITING)
        .query((row, _) ->
            new Waiting(row.getString(1), row.getLong(2), row.getLong(3), row.getDouble(4)))
        .list();
  }

  /// What each reviewer has done.
  public List<ByReviewer> reviewers(TenantId tenant, @Nullable Instant since) {
    return jdbc.sql(REVIEWERS)
        .param("tenant", tenant.value())
        .param("since", since == null ? null : Timestamp.from(since))
        .query((row, _) -> reviewer(row))
        .list();
  }

  private static ByReviewer reviewer(ResultSet row) throws SQLException {
    return new ByReviewer(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        Duration.ofMillis(Math.round(row.getDouble(6) * 1000)),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9));
  }

  private record Key(UUID one, UUID other, String language) {}

  /// How far each pair agrees.
  public List<ByPair> agreement(TenantId tenant, @Nullable Instant since) {
    var pairs = new LinkedHashMap<Key, List<Agreement.Pair>>();
    jdbc.sql(PAIRS)
        .param("tenant", tenant.value())
        .param("since", since == null ? null : Timestamp.from(since))
        .query((row, _) -> {
          var key =
              new Key(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3));
          return pairs
              .computeIfAbsent(key, _ -> new ArrayList<>())
              .add(new Agreement.Pair(Verdict.of(row.getString(4)), Verdict.of(row.getString(5))));
        })
        .list();
    return pairs.entrySet().stream()
        .map(e ->
            new ByPair(
                e.getKey().one(),
                e.getKey().other(),
                e.getKey().language(),
                Agreement.of(e.getValue())))
        .toList();
  }

  /// What people have judged, with the machine's confidence.
  public List<Judged> judged(TenantId tenant, @Nullable String group, @Nullable String language) {
    return jdbc.sql(JUDGED)
        .param("tenant", tenant.value())
        .param("group", group)
        .param("language", language)
        .query((row, _) ->
            new Judged(row.getDouble(1), row.getString(2), Verdict.of(row.getString(3))))
        .list();
  }
}
