package io.sluice.api;

import io.sluice.api.store.SqlConsole;
import io.sluice.platform.Problem;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// An operator's own queries, reading only.
@RestController
@RequestMapping("/api/v1/sql")
class SqlRoutes {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String CANCELLED = "57014";

  private final SqlConsole console;

  SqlRoutes(SqlConsole console) {
    this.console = console;
  }

  /// A query.
  ///
  /// @param timeout how long it may run, as `PT5S`; at most and by default 30 seconds
  record Query(@Nullable String query, @Nullable Duration timeout) {}

  /// A query that is not run, or not to its end. Its message is about the caller's own text.
  static final class Refused extends Problem {
    Refused(String code, String message) {
      super(Sort.INVALID, code, message);
    }
  }

  /// There was no connection, or it was lost.
  static final class Away extends Problem {
    Away() {
      super(
          Sort.UNAVAILABLE,
          "DATABASE_UNAVAILABLE",
          "The database does not answer; try again in a moment");
    }
  }

  @PostMapping
  SqlConsole.Answer run(@RequestBody Query query) {
    if (query.query() == null || query.query().isBlank()) {
      throw new Refused("SQL_REFUSED", "There is no query; send {\"query\": \"select …\"}");
    }
    var patience = query.timeout() == null ? LONGEST : query.timeout();
    if (!patience.isPositive() || patience.compareTo(LONGEST) > 0) {
      throw new Refused("SQL_REFUSED", "The timeout must be more than zero and at most " + LONGEST);
    }
    try {
      return console.run(query.query(), patience);
    } catch (IllegalArgumentException e) {
      throw new Refused("SQL_REFUSED", String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw problem(e, patience);
    }
  }

  private static Problem problem(SQLException failure, Duration patience) {
    var state = failure.getSQLState();
    if (CANCELLED.equals(state)) {
      return new Refused("SQL_TIMEOUT", "The query took longer than " + patience);
    }
    return state == null || state.startsWith("08") || state.startsWith("57P")
        ? new Away()
        : new Refused("SQL_REFUSED", "PostgreSQL says: " + failure.getMessage());
  }
}
