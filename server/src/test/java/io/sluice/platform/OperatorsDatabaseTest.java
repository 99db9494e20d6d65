package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class OperatorsDatabaseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ada:p%40ss%3A+1@db.example:5433/sluice?sslmode=require",
        "postgres://ada:p%40ss%3A+1@db.example:5433/sluice?sslmode=require",
        "jdbc:postgresql://db.example:5433/sluice?sslmode=require&user=ada&password=p%40ss%3A+1",
        "jdbc:postgresql://db.example:5433/sluice?user=ada&sslmode=require&password=p%40ss%3A+1"
      })
  void itsUrlIsReadWithoutKeepingTheSecret(String url) {
    var role = DatabaseUrl.read(url);
    assertThat(role.url()).isEqualTo("jdbc:postgresql://db.example:5433/sluice?sslmode=require");
    assertThat(role.user()).isEqualTo("ada");
    assertThat(role.password()).isEqualTo("p@ss:+1");
    assertThat(role.toString()).doesNotContain("p@ss");
  }

  @Test
  void anotherDatabaseThanPostgresIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.read("mysql://ada:secret@db/sluice"))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("SLUICE_DATABASE_URL")
        .hasMessageNotContaining("secret");
  }

  @Test
  void isMigratedByItsOwnerOnceAndAgain() throws Exception {
    try (var database = TestDatabase.create()) {
      var owner = database.owner();
      var access = DatabaseAccess.open(settings(database, owner.user(), owner.password()));
      Migrations.run(access);
      Migrations.run(access);
      assertThat(access.runtimeRole()).isNull();
      try (var connection =
              DriverManager.getConnection(
                  access.app().url(), access.app().user(), access.app().password());
          var statement = connection.createStatement();
          var rows = statement.executeQuery("select count(*) from sluice.installation")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      access.close();
    }
  }

  private static SluiceSettings settings(TestDatabase database, String user, String password) {
    return new SluiceSettings(
        Path.of("target"),
        database.jdbcUrl()
            + (database.jdbcUrl().contains("?") ? "&" : "?")
            + "user="
            + user
            + "&password="
            + password,
        null,
        5,
        DataSize.ofMegabytes(1),
        8,
        8,
        Duration.ofDays(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        java.util.List.of());
  }
}
