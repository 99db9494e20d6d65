package io.sluice.workflow.store;

import io.sluice.workflow.model.watching.Marks.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What jobs of executions have recorded and started, as those who send them round again need it.
@Repository
public class RetryStore {
  /// Without values: of those only whether an item has failed, and whether anything was undone.
  static final String MARKS =
      """
      select job_id, scope, name, status = 'done',
        case
          when name ~ '^[0-9]+$' then coalesce(value -> 'error', 'null') <> 'null'
          when starts_with(name, '#failed') and jsonb_typeof(value -> 'undo') = 'array' then jsonb_array_length(value -> 'undo') > 0
          else false
        end
      from sluice_engine.checkpoint where job_id = any (:jobs::uuid[])
      """;

  static final String ENDED_BADLY =
      """
      select id, parent_id, join_name, kind
      from sluice_engine.job
      where parent_id = any (:jobs::uuid[]) and state in ('deadletter', 'cancelled')
      order by id
      """;

  private final JdbcClient jdbc;

  RetryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A job that a job has started, and that has failed or was cancelled.
  ///
  /// @param group of children, with its scope
  public record Child(UUID id, UUID parent, String group, String kind) {}

  /// By job, what it has recorded.
  public Map<UUID, List<Mark>> marks(Collection<UUID> jobs) {
    var marks = new HashMap<UUID, List<Mark>>();
    jdbc.sql(MARKS)
        .param("jobs", array(jobs))
        .query(row -> {
          marks
              .computeIfAbsent(row.getObject(1, UUID.class), _ -> new ArrayList<>())
              .add(
                  new Mark(
                      row.getString(2), row.getString(3), row.getBoolean(4), row.getBoolean(5)));
        });
    return marks;
  }

  /// Those that failed or were cancelled of what jobs have started.
  public List<Child> endedBadly(Collection<UUID> parents) {
    return jdbc.sql(ENDED_BADLY)
        .param("jobs", array(parents))
        .query((row, _) ->
            new Child(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                String.valueOf(row.getString(3)),
                row.getString(4)))
        .list();
  }

  private static String array(Collection<UUID> ids) {
    return "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}";
  }
}
