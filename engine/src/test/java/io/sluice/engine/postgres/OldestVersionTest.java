package io.sluice.engine.postgres;

import static io.sluice.engine.postgres.TestServers.connect;
import static io.sluice.engine.postgres.TestServers.execute;
import static io.sluice.engine.postgres.TestServers.query;
import static io.sluice.engine.postgres.TestServers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.testing.Scratch;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// PostgreSQL 14, from an archive that is not on the class path.
class OldestVersionTest {

  @Test
  void runsVersion14BesideTheDefaultOne() throws Exception {
    var directory = Scratch.fresh("fourteen");
    var archive = Path.of(System.getProperty("sluice.postgres-14"));
    try (var postgres = EmbeddedPostgres.start(settings(directory).withArchive(archive))) {
      assertThat(postgres.version()).startsWith("14.");
      assertThat(query(postgres, "SHOW server_version")).startsWith("14.");
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(query(postgres, "SHOW data_checksums")).isEqualTo("on");
      execute(postgres, "CREATE TABLE owned (id int)");
      postgres.createDatabase("original");
      postgres.createDatabaseFrom("original", "copy");
      try (var connection = connect(postgres, postgres.app());
          var statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("CREATE TABLE mine (id int)"))
            .hasMessageContaining("permission denied");
      }
    }
    assertThatThrownBy(() -> EmbeddedPostgres.start(settings(directory)))
        .isInstanceOf(PostgresProblem.UnsupportedVersion.class)
        .hasMessageContaining("PostgreSQL 14")
        .hasMessageContaining("PostgreSQL 18");
  }
}
