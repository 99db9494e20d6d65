package io.sluice.engine.postgres;

import static io.sluice.engine.postgres.TestServers.connect;
import static io.sluice.engine.postgres.TestServers.execute;
import static io.sluice.engine.postgres.TestServers.query;
import static io.sluice.engine.postgres.TestServers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a server is like while it runs undisturbed.
class EmbeddedPostgresTest {
  private static final Path DIRECTORY = Scratch.fresh("undisturbed");
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(settings(DIRECTORY));
  }

  @AfterAll
  static void stop() {
    postgres.stop();
  }

  @Test
  void neverTradesDurabilityForSpeed() throws SQLException {
    assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
    assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(query(postgres, "SHOW full_page_writes")).isEqualTo("on");
    assertThat(query(postgres, "SHOW data_checksums")).isEqualTo("on");
  }

  @Test
  void isSetUpTheSameEverywhere() throws SQLException {
    assertThat(query(postgres, "SHOW server_version")).startsWith("18.");
    assertThat(query(postgres, "SHOW password_encryption")).isEqualTo("scram-sha-256");
    assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(query(postgres, "SHOW max_connections")).isEqualTo("200");
    assertThat(query(postgres, "SHOW shared_buffers")).isEqualTo("32MB");
    assertThat(query(postgres, "SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'"))
        .isIn("UTC", "Etc/UTC");
    assertThat(
            query(
                postgres,
                "SELECT datcollate || ' ' || datlocale FROM pg_database WHERE datname = 'sluice'"))
        .isEqualTo("C.UTF-8 C.UTF-8");
  }

  @Test
  void refusesAWrongPasswordFromEveryRole() {
    for (var user : List.of("postgres", "sluice_owner", "sluice_app")) {
      assertThatThrownBy(() -> connect(postgres, new Login(user, "wrong")))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void trustsNobodyInItsAccessRules() throws IOException {
    var rules = Files.readString(DIRECTORY.resolve("cluster/pg_hba.conf"));
    assertThat(rules.lines().filter(line -> !line.startsWith("#")))
        .hasSize(2)
        .allMatch(line -> line.endsWith("scram-sha-256"));
  }

  @Test
  void givesTheRolesNoMoreThanTheyNeed() throws SQLException {
    var roles =
        """
        SELECT string_agg(rolname || ' ' || (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls), ',' ORDER BY rolname)
        FROM pg_roles WHERE rolname LIKE 'sluice%'
        """;
    assertThat(query(postgres, roles)).isEqualTo("sluice_app false,sluice_owner false");
    assertThat(
            query(
                postgres, "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'sluice'"))
        .isEqualTo("sluice_owner");
    try (var connection = connect(postgres, postgres.app());
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("CREATE TABLE mine (id int)"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void showsNoPasswordInProcessesTextsOrLogs() throws IOException {
    var passwords = Files.readAllLines(DIRECTORY.resolve("passwords"));
    assertThat(passwords).hasSize(3);
    var shown = new StringBuilder();
    ProcessHandle.allProcesses()
        .forEach(process -> shown.append(ProcStat.arguments(process.pid())).append('\n'));
    shown.append(postgres).append(postgres.owner()).append(postgres.app());
    try (var logs = Files.list(DIRECTORY.resolve("log"))) {
      for (var file : logs.toList()) {
        shown.append(Files.readString(file));
      }
    }
    assertThat(shown.toString()).contains("-D, " + DIRECTORY.resolve("cluster"));
    for (var line : passwords) {
      assertThat(shown.toString()).doesNotContain(line.split(":")[1]);
    }
  }

  @Test
  void keepsThePasswordsToItself() throws IOException {
    assertThat(mode(DIRECTORY.resolve("passwords"))).isEqualTo("rw-------");
    assertThat(mode(DIRECTORY.resolve("cluster"))).isEqualTo("rwx------");
    try (var files = Files.list(DIRECTORY)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("cluster", "lock", "log", "passwords", "port");
    }
  }

  @Test
  void isOutOfReachOfCtrlC() {
    var server = ProcStat.of(postgres.processId()).orElseThrow();
    var ourselves = ProcStat.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(server.session()).isEqualTo(postgres.processId()).isNotEqualTo(ourselves.session());
    assertThat(server.group()).isEqualTo(postgres.processId()).isNotEqualTo(ourselves.group());
  }

  @Test
  void copiesADatabase() throws SQLException {
    postgres.createDatabase("original");
    execute("original", "CREATE TABLE ready (id int)");
    postgres.createDatabaseFrom("original", "the \"copy\"");
    execute("the%20%22copy%22", "DROP TABLE ready");
    postgres.dropDatabase("the \"copy\"");
    postgres.dropDatabase("original");
    assertThatThrownBy(() -> execute("original", "SELECT 1")).hasMessageContaining("not exist");
  }

  @Test
  void saysWhyADatabaseCannotBeMade() {
    assertThatThrownBy(() -> postgres.createDatabase("sluice"))
        .isInstanceOf(PostgresProblem.DatabaseRefused.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void refusesSettingsThatDurabilityHangsOn() {
    for (var name : List.of("fsync", "FSYNC", "synchronous_commit", "listen_addresses", "port")) {
      assertThatThrownBy(() -> settings(DIRECTORY).withServerSetting(name, "off"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> settings(DIRECTORY).withServerSetting("work_mem", "1'\nfsync = 'off"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listensBelowThePortsOfOutgoingConnections() {
    assertThat(postgres.port()).isBetween(15_432, 32_000);
  }

  @Test
  void hidesItsEnvironmentFromTheServer() throws IOException {
    var environment = Files.readString(Path.of("/proc/" + postgres.processId() + "/environ"));
    assertThat(Arrays.stream(environment.split("\0")).map(entry -> entry.split("=")[0]))
        .contains("PATH", "LC_ALL", "TZ")
        .doesNotContain("HOME", "JAVA_HOME");
  }

  private static void execute(String database, String sql) throws SQLException {
    var owner = postgres.owner();
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(database), owner.user(), owner.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
