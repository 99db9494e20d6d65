package io.sluice.testing.store;

import io.sluice.engine.TenantId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Recordings, by the hash of their bytes.
@Repository
public class RecordingStore {
  static final String INSERT =
      """
      insert into sluice.test_recordings (tenant_id, sha256, content)
      values (:tenant, :sha, :content)
      on conflict do nothing
      """;

  static final String FIND =
      "select content from sluice.test_recordings where tenant_id = :tenant and sha256 = :sha";

  static final String EXISTS =
      """
      select exists (select 1 from sluice.test_recordings where tenant_id = :tenant and sha256 = :sha)
      """;

  private final JdbcClient jdbc;

  RecordingStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Keeps a recording, unless it is there.
  public void insert(TenantId tenant, String sha256, byte[] content) {
    jdbc.sql(INSERT)
        .param("tenant", tenant.value())
        .param("sha", sha256)
        .param("content", content)
        .update();
  }

  /// A recording's bytes.
  public Optional<byte[]> find(TenantId tenant, String sha256) {
    return jdbc.sql(FIND)
        .param("tenant", tenant.value())
        .param("sha", sha256)
        .query((row, _) -> row.getBytes(1))
        .optional();
  }

  /// Whether it is there.
  public boolean exists(TenantId tenant, String sha256) {
    return jdbc.sql(EXISTS)
        .param("tenant", tenant.value())
        .param("sha", sha256)
        .query(Boolean.class)
        .single();
  }
}
