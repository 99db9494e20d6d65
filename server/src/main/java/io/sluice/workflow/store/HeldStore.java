package io.sluice.workflow.store;

import io.sluice.workflow.HeldExecutions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which executions are held: by themselves, found by a partial index that has nothing else in it,
/// or because one is whose step waits for them.
@Repository
public class HeldStore implements HeldExecutions {
  /// From those that are held and have not ended, downwards. What a step has started without
  /// waiting for it has no parent among the jobs, and goes its own way.
  static final String HELD =
      """
      with recursive held as (
        select e.execution_id, e.held_by
        from sluice.workflow_execution e join sluice_engine.job j on j.id = e.execution_id
        where e.held_at is not null and j.finished_at is null
        union
        select c.execution_id, h.held_by
        from held h
        join sluice.workflow_execution c on c.parent_id = h.execution_id
        join sluice_engine.job j on j.id = c.execution_id
        where j.parent_id is not null and j.finished_at is null)
      select execution_id, held_by from held
      """;

  /// Whoever may rest because an execution is held: it, and all jobs below it.
  static final String BELOW =
      """
      with recursive below as (
        select j.id, j.state, j.kind from sluice_engine.job j where j.id = :id and j.finished_at is null
        union all
        select c.id, c.state, c.kind
        from below b join sluice_engine.job c on c.parent_id = b.id
        where c.finished_at is null)
      select id from below
      where state in ('waiting', 'working') and kind in ('workflow.execution', 'workflow.item')
      """;

  private final JdbcClient jdbc;

  HeldStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<UUID, String> held() {
    var held = new HashMap<UUID, String>();
    jdbc.sql(HELD)
        .query(row -> {
          held.putIfAbsent(row.getObject(1, UUID.class), row.getString(2));
        });
    return held;
  }

  /// The job of an execution, and those below it, that may rest while it is held.
  public List<UUID> below(UUID execution) {
    return jdbc.sql(BELOW)
        .param("id", execution)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }
}
