package io.sluice.workflow.store;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The items of a FOR_EACH that are jobs, as the engine has them.
@Repository
public class ItemStore {
  static final String FAILED =
      """
      select count(*) from sluice_engine.job where parent_id = :fan and state = 'deadletter'
      """;

  private final JdbcClient jdbc;

  ItemStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// How many have failed by now.
  public int failed(UUID fan) {
    return jdbc.sql(FAILED).param("fan", fan).query(Integer.class).single();
  }
}
