package io.sluice.testing.run.store;

import io.sluice.testing.run.model.Comparing.CellResult;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What of a run is compared.
@Repository
public class ComparisonStore {
  static final String CELLS =
      """
      select e.case_id, e.case_name, e.language, e.row_ord, e.outcome, v.confidence, e.execution_id
      from sluice.test_execution e left join sluice.validation v on v.validation_id = e.validation_id
      where e.run_id = :run order by e.ord
      """;

  private final JdbcClient jdbc;

  ComparisonStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// All cells of a run.
  public List<CellResult> cells(UUID run) {
    return jdbc.sql(CELLS)
        .param("run", run)
        .query((row, _) -> {
          var confidence = row.getBigDecimal(6);
          return new CellResult(
              row.getObject(1, UUID.class),
              row.getString(2),
              row.getString(3),
              row.getInt(4),
              row.getString(5),
              confidence == null ? null : confidence.doubleValue(),
              row.getObject(7, UUID.class));
        })
        .list();
  }
}
