package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sluice.platform.MigratedDatabase;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final Pattern STATEMENT =
      Pattern.compile("^\\s*(select|insert|update|delete|with|set) .*", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([A-Za-z]\\w*)|\\?");

  @Test
  void everyStatementOfEveryStoreIsUnderstoodByTheMigratedDatabase() throws Exception {
    var statements = statements();
    assertThat(statements).hasSizeGreaterThan(30);
    var refused = new ArrayList<String>();
    try (var database = MigratedDatabase.create();
        var connection = database.connectAsApp()) {
      connection.setAutoCommit(false);
      for (var statement : statements.entrySet()) {
        try {
          prepare(connection, statement.getValue());
        } catch (SQLException e) {
          refused.add(statement.getKey() + ": " + e.getMessage());
        }
        connection.rollback();
      }
    }
    assertThat(refused).isEmpty();
  }

  private static void prepare(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      if (sql.startsWith("set ")) {
        statement.execute(sql); // can not be prepared
      } else {
        statement.execute("prepare tried as " + numbered(sql));
        statement.execute("deallocate tried");
      }
    }
  }

  /// With `$1`, `$2` … for its parameters, as the server wants them.
  private static String numbered(String sql) {
    var numbers = new LinkedHashMap<String, Integer>();
    return PARAMETER
        .matcher(sql)
        .replaceAll(found -> {
          var name = found.group(1) == null ? "?" + found.start() : found.group(1);
          return "\\$" + numbers.computeIfAbsent(name, _ -> numbers.size() + 1);
        });
  }

  private static Map<String, String> statements() throws Exception {
    var found = new LinkedHashMap<String, String>();
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sluice");
    for (JavaClass type : classes) {
      var inEngine = type.getPackageName().startsWith("io.sluice.engine");
      if (type.getPackageName().endsWith(".store") && !inEngine) {
        collect(type.reflect(), found);
      }
    }
    return found;
  }

  private static void collect(Class<?> type, Map<String, String> found) throws Exception {
    for (var field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        field.setAccessible(true);
        var text = (String) field.get(null);
        if (STATEMENT.matcher(text).matches()) {
          found.put(type.getSimpleName() + "." + field.getName(), text);
        }
      }
    }
  }
}
