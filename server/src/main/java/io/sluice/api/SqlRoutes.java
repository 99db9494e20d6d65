package io.sluice.api;

import io.sluice.api.store.SqlConsole;
import io.sluice.platform.Problem;
import java.sql.SQLException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// An operator's own queries, reading only.
@RestController
@RequestMapping("/api/v1/sql")
class SqlRoutes {
  private final SqlConsole console;

  SqlRoutes(SqlConsole console) {
    this.console = console;
  }

  /// A query.
  record Query(String query) {}

  /// A query that PostgreSQL does not run. Its message is about the caller's own text.
  static final class Refused extends Problem {
    Refused(String message) {
      super(Sort.INVALID, "SQL_REFUSED", message);
    }
  }

  @PostMapping
  SqlConsole.Answer run(@RequestBody Query query) {
    if (query.query() == null || query.query().isBlank()) {
      throw new Refused("There is no query; send {\"query\": \"select …\"}");
    }
    try {
      return console.run(query.query());
    } catch (SQLException e) {
      throw new Refused("PostgreSQL says: " + e.getMessage());
    }
  }
}
