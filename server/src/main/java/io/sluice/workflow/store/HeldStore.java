package io.sluice.workflow.store;

import io.sluice.workflow.HeldExecutions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which executions are held. Reads a partial index that has nothing else in it.
@Repository
public class HeldStore implements HeldExecutions {
  static final String HELD =
      "select execution_id, held_by from sluice.workflow_execution where held_at is not null";

  private final JdbcClient jdbc;

  HeldStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<UUID, String> held() {
    var held = new HashMap<UUID, String>();
    jdbc.sql(HELD)
        .query(row -> {
          held.put(row.getObject(1, UUID.class), row.getString(2));
        });
    return held;
  }
}
