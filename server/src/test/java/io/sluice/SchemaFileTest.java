package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.platform.MigratedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaFileTest {
  private static final Path FILE =
      Path.of(System.getProperty("sluice.root", ".."), "docs", "schema.sql");

  @Test
  void isWhatTheMigrationsLeave() throws Exception {
    try (var database = MigratedDatabase.create();
        var connection = database.connectAsOwner()) {
      var schema = SchemaDump.of(connection);
      if (Boolean.getBoolean("sluice.regenerate")) {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, schema);
      }
      assertThat(FILE)
          .as("run this test with -Dsluice.regenerate=true after a change of the schema")
          .exists()
          .hasContent(schema);
    }
  }
}
