package io.sluice.engine.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;

/// Asks a server how it is, by logging in.
record Probe(Superuser superuser, Path cluster) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String STARTING_OR_STOPPING = "57P03";
  private static final String LOGIN_REFUSED = "28";

  sealed interface Answer {
    /// Ours, durable, and takes statements.
    record Ready() implements Answer {}

    /// Alive, but starting, recovering or stopping.
    record NotYet() implements Answer {}

    /// Nobody listens, or nobody answers.
    record Silent(String why) implements Answer {}

    /// Somebody answers, but not as our server should. More patience does not help.
    record Wrong(String why) implements Answer {}
  }

  Answer ask() {
    try (var connection = superuser.connect(Superuser.MAINTENANCE, PATIENCE)) {
      return examine(connection);
    } catch (SQLException e) {
      var state = String.valueOf(e.getSQLState());
      if (state.equals(STARTING_OR_STOPPING)) {
        return new Answer.NotYet();
      }
      return state.startsWith(LOGIN_REFUSED)
          ? new Answer.Wrong("it refuses the password of " + superuser.login().user())
          : new Answer.Silent(String.valueOf(e.getMessage()));
    }
  }

  private Answer examine(Connection connection) throws SQLException {
    var wrong = new ArrayList<String>();
    require(connection, "data_directory", cluster.toString(), wrong);
    for (var setting : ServerConfiguration.DURABLE.entrySet()) {
      require(connection, setting.getKey(), setting.getValue(), wrong);
    }
    return wrong.isEmpty() ? new Answer.Ready() : new Answer.Wrong(String.join(", ", wrong));
  }

  private static void require(
      Connection connection, String name, String expected, ArrayList<String> wrong)
      throws SQLException {
    try (var statement = connection.prepareStatement("SELECT current_setting(?)")) {
      statement.setString(1, name);
      try (var result = statement.executeQuery()) {
        result.next();
        var found = result.getString(1);
        if (!expected.equals(found)) {
          wrong.add(
              "its setting %s is %s and not %s (look for it in postgresql.auto.conf)"
                  .formatted(name, found, expected));
        }
      }
    }
  }
}
