package io.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sluice.engine.testing.EngineDatabase;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every statement of the engine fits the migrated schema.
class StatementsTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final Pattern NOT_PREPARABLE =
      Pattern.compile("(?i)^\\s*(listen|unlisten|create) ");

  private static Map<String, Sql> statements() throws ReflectiveOperationException {
    var found = new TreeMap<String, Sql>();
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sluice.engine.store");
    for (var imported : classes) {
      var type = Class.forName(imported.getName());
      for (var field : type.getDeclaredFields()) {
        if (field.getType() == Sql.class && Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          found.put(type.getSimpleName() + "." + field.getName(), (Sql) field.get(null));
        }
      }
    }
    return found;
  }

  @Test
  void everyStatementIsPreparedAgainstTheMigratedSchema() throws Exception {
    var statements = statements();
    assertThat(statements).hasSizeGreaterThan(50);
    try (var connection = db.owner();
        var statement = connection.createStatement()) {
      for (var named : statements.entrySet()) {
        var text = named.getValue().text();
        if (!NOT_PREPARABLE.matcher(text).find()) {
          prepare(statement, named.getKey(), text);
        }
      }
    }
  }

  private static void prepare(java.sql.Statement statement, String name, String text)
      throws SQLException {
    var numbered = new StringBuilder();
    int parameters = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '?') {
        numbered.append('$').append(++parameters);
      } else {
        numbered.append(text.charAt(i));
      }
    }
    try {
      statement.execute("prepare one as " + numbered);
      statement.execute("deallocate one");
    } catch (SQLException e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }
}
