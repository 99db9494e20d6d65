package io.sluice.testing.run.store;

import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.RunDigest.Failing;
import io.sluice.testing.run.RunDigest.InLanguage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What came out of a run, by language.
@Repository
public class DigestStore {
  static final String LANGUAGES =
      """
      select e.language, count(*) as total,
        count(*) filter (where e.outcome = 'passed') as passed,
        count(*) filter (where e.outcome = 'flaky') as flaky,
        count(*) filter (where e.outcome = 'failed') as failed,
        count(*) filter (where e.outcome = 'error') as error,
        count(*) filter (where e.outcome = 'skipped') as skipped,
        count(*) filter (where e.review_pending) as pending,
        count(*) filter (where e.outcome = 'failed' and v.review_status = 'auto_fail') as auto_failed,
        count(*) filter (where e.outcome in ('failed', 'error') and e.quarantined is null) as failing
      from sluice.test_execution e left join sluice.validation v on v.validation_id = e.validation_id
      where e.run_id = :run group by e.language order by e.language
      """;

  /// The first of each language.
  static final String FAILING =
      """
      select language, execution_id, case_name, row_ord, outcome, reason, auto_failed from (
        select e.language, e.execution_id, e.case_name, e.row_ord, e.outcome, coalesce(e.reason, e.error) as reason, e.ord,
          coalesce(v.review_status = 'auto_fail', false) as auto_failed,
          row_number() over (partition by e.language order by e.ord) as place
        from sluice.test_execution e left join sluice.validation v on v.validation_id = e.validation_id
        where e.run_id = :run and e.outcome in ('failed', 'error') and e.quarantined is null
      ) f where place <= :most order by language, ord
      """;

  private final JdbcClient jdbc;

  DigestStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What came out.
  public List<InLanguage> languages(UUID run) {
    var failing = new LinkedHashMap<String, List<Failing>>();
    jdbc.sql(FAILING)
        .param("run", run)
        .param("most", RunDigest.NAMED)
        .query((row, _) ->
            failing
                .computeIfAbsent(row.getString("language"), _ -> new ArrayList<>())
                .add(failing(row)))
        .list();
    return jdbc.sql(LANGUAGES)
        .param("run", run)
        .query((row, _) -> language(row, failing.getOrDefault(row.getString(1), List.of())))
        .list();
  }

  private static Failing failing(ResultSet row) throws SQLException {
    int number = row.getInt("row_ord");
    return new Failing(
        row.getObject("execution_id", UUID.class),
        row.getString("case_name"),
        number == 0 ? null : number,
        row.getString("outcome"),
        row.getString("reason"),
        row.getBoolean("auto_failed"));
  }

  private static InLanguage language(ResultSet row, List<Failing> first) throws SQLException {
    return new InLanguage(
        row.getString("language"),
        row.getLong("total"),
        row.getLong("passed"),
        row.getLong("flaky"),
        row.getLong("failed"),
        row.getLong("error"),
        row.getLong("skipped"),
        row.getLong("pending"),
        row.getLong("auto_failed"),
        row.getLong("failing"),
        first);
  }
}
