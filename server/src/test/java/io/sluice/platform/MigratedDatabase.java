package io.sluice.platform;

import io.sluice.engine.testing.TestDatabase;

/// Databases with the whole schema in them.
public final class MigratedDatabase {
  private MigratedDatabase() {}

  /// A copy of one that is migrated once in a JVM, in the way that the server does it.
  public static TestDatabase create() {
    return TestDatabase.createFrom("server", MigratedDatabase::migrate);
  }

  private static void migrate(TestDatabase template) throws Exception {
    var app = template.app();
    var owner = template.owner();
    var settings = template.jdbcUrl() + (template.jdbcUrl().contains("?") ? "&" : "?");
    try (var access =
        DatabaseAccess.open(
            new SluiceSettings(
                java.nio.file.Path.of("target"),
                settings + "user=" + app.user() + "&password=" + app.password(),
                settings + "user=" + owner.user() + "&password=" + owner.password(),
                5,
                org.springframework.util.unit.DataSize.ofMegabytes(1),
                8,
                8,
                java.time.Duration.ofDays(1),
                java.time.Duration.ofSeconds(10),
                java.time.Duration.ofSeconds(1),
                java.util.List.of()))) {
      Migrations.run(access);
    }
  }
}
