package io.sluice.testing.run.store;

import io.sluice.testing.run.TestRuns.RevisionLine;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How results of runs were changed. Lines are only added, without a lock: the number of a revision
/// is its place.
@Repository
public class RevisionStore {
  static final String ADD =
      """
      insert into sluice.run_revision (revision_id, run_id, cause, execution_id, outcome_from, outcome_to, who, note)
      values (:id, :run, :cause, :execution, :from, :to, :who, :note)
      """;

  static final String LIST =
      """
      select row_number() over (order by at, revision_id), cause, execution_id, outcome_from, outcome_to, who, note, at
      from sluice.run_revision where run_id = :run order by at, revision_id
      """;

  private final JdbcClient jdbc;

  RevisionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A change.
  ///
  /// @param execution null: the run's end
  public record New(
      UUID id,
      UUID run,
      String cause,
      @Nullable UUID execution,
      @Nullable String from,
      @Nullable String to,
      String who,
      @Nullable String note) {}

  /// Adds a line.
  public void add(New line) {
    jdbc.sql(ADD)
        .param("id", line.id())
        .param("run", line.run())
        .param("cause", line.cause())
        .param("execution", line.execution())
        .param("from", line.from())
        .param("to", line.to())
        .param("who", line.who())
        .param("note", line.note())
        .update();
  }

  /// The lines of a run.
  public List<RevisionLine> list(UUID run) {
    return jdbc.sql(LIST)
        .param("run", run)
        .query((row, _) ->
            new RevisionLine(
                row.getInt(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant()))
        .list();
  }
}
