package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Statements a minute that a worker sends while there is nothing to do.
///
/// All workers idle side by side, and the server logs every statement with the name of its database
/// meanwhile. The log counts what transaction counters do not: the statements inside a transaction,
/// `BEGIN` and `COMMIT` too.
public final class Idle implements Workload {
  /// Start-up (recovery, first heartbeats, pools) is not idling.
  private static final Duration START = Duration.ofSeconds(3);

  private static final Pattern STATEMENT =
      Pattern.compile("^(\\S+) LOG:  (?:statement|execute [^:]*): (.*)$");

  @Override
  public Set<Question> answers() {
    return Set.of(Question.IDLE);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws Exception {
    var subjects = lab.field().asked(Question.IDLE);
    lab.progress().begin("idle, all workers side by side");
    var running = new ArrayList<Subject>();
    try {
      for (var subject : subjects) {
        subject.startWorker(Mode.PICKUP);
        running.add(subject);
      }
      logStatements(lab);
      Thread.sleep(START);
      var from = Files.size(lab.server().log());
      Thread.sleep(lab.sizes().idleWindow());
      return measurements(lab, subjects, from);
    } finally {
      logNothing(lab);
      for (var subject : running) {
        subject.stopWorker();
      }
    }
  }

  private static void logStatements(Lab lab) throws SQLException {
    lab.meter().execute("ALTER SYSTEM SET log_line_prefix = '%d '");
    lab.meter().execute("ALTER SYSTEM SET log_statement = 'all'");
    lab.meter().execute("SELECT pg_reload_conf()");
  }

  private static void logNothing(Lab lab) throws SQLException {
    lab.meter().execute("ALTER SYSTEM RESET ALL");
    lab.meter().execute("SELECT pg_reload_conf()");
  }

  private static List<Measurement> measurements(Lab lab, List<Subject> subjects, long from)
      throws IOException {
    var lines = tail(lab.server().log(), from).lines().toList();
    var minutes = lab.sizes().idleWindow().toMillis() / 60_000.0;
    var measurements = new ArrayList<Measurement>();
    for (var subject : subjects) {
      var statements = statements(lines, subject.database().name());
      var count = statements.values().stream().mapToInt(Integer::intValue).sum();
      statements.forEach((sql, times) ->
          lab.progress().say("idle %s: %d × %s".formatted(subject.name(), times, sql)));
      measurements.add(
          Measurement.once(
              Question.IDLE.word(),
              subject.name(),
              count / minutes,
              "statements/min",
              0,
              lab.rules()));
    }
    return measurements;
  }

  private static String tail(Path log, long from) throws IOException {
    try (var channel = Files.newByteChannel(log, StandardOpenOption.READ)) {
      var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until the size as it was above.
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }

  /// How often each statement was sent to a database, by its first words.
  static Map<String, Integer> statements(List<String> log, String database) {
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < log.size(); i++) {
      var match = STATEMENT.matcher(log.get(i));
      if (match.matches() && match.group(1).equals(database)) {
        var sql = firstLine(match.group(2).strip(), i + 1 < log.size() ? log.get(i + 1) : "");
        counts.merge(sql.substring(0, Math.min(60, sql.length())), 1, Integer::sum);
      }
    }
    return counts;
  }

  /// A statement that begins with a line break goes on in the next line of the log, after a tab.
  /// Pools check their connections with an empty statement.
  private static String firstLine(String text, String nextLine) {
    if (!text.isEmpty()) {
      return text;
    }
    return nextLine.startsWith("\t") ? nextLine.strip() : "(an empty statement)";
  }
}
