package io.sluice.bench;

import io.sluice.bench.postgres.BenchDatabase;
import io.sluice.bench.report.Circumstances;
import io.sluice.bench.report.Results;
import io.sluice.bench.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.postgresql.util.DriverInfo;

/// What a run found, and under which circumstances.
///
/// @param failures subjects that left the run
/// @param notes these, and those that could not take part
record Outcome(
    Results results,
    Map<String, String> versions,
    Map<String, String> machine,
    List<String> settings,
    List<String> failures,
    List<String> notes) {

  static Outcome of(
      BenchDatabase server,
      Options options,
      List<Subject> subjects,
      Results results,
      List<String> absences,
      List<String> failures)
      throws SQLException, IOException {
    return new Outcome(
        results,
        versions(server, subjects),
        machine(server),
        settings(options, subjects),
        failures,
        Stream.concat(absences.stream(), failures.stream()).toList());
  }

  Circumstances circumstances(String command, Instant now) {
    var date = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    return new Circumstances(date.format(now), command, versions, machine, settings, notes);
  }

  private static Map<String, String> versions(BenchDatabase server, List<Subject> subjects)
      throws SQLException {
    var versions = new LinkedHashMap<String, String>();
    try (var connection = server.database("postgres").connect()) {
      versions.put(
          "PostgreSQL",
          "%s with %s; everything else by default"
              .formatted(
                  connection.getMetaData().getDatabaseProductVersion(),
                  String.join(", ", BenchDatabase.SETTINGS)));
    }
    versions.put("Java", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
    versions.put("pgjdbc", DriverInfo.DRIVER_VERSION);
    for (var subject : subjects) {
      versions.put(subject.name(), subject.version());
    }
    return versions;
  }

  private static Map<String, String> machine(BenchDatabase server) throws IOException {
    var machine = new LinkedHashMap<String, String>();
    machine.put("cores", Runtime.getRuntime().availableProcessors() + " × " + processor());
    machine.put("memory", firstOf("/proc/meminfo", "MemTotal"));
    machine.put("file system of the data", server.fileSystem());
    machine.put(
        "operating system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    return machine;
  }

  private static String processor() throws IOException {
    return firstOf("/proc/cpuinfo", "model name");
  }

  private static String firstOf(String file, String key) throws IOException {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static List<String> settings(Options options, List<Subject> subjects) {
    var sizes = options.sizes();
    var lines = new ArrayList<String>();
    lines.add(
        "%,d jobs a round, %d counted rounds, %,d pickups, %,d functions of five steps, %,d jobs in history or held"
            .formatted(
                sizes.jobs(),
                options.rules().rounds(),
                sizes.pickups(),
                sizes.functions(),
                sizes.filling()));
    for (var subject : subjects) {
      byQuestions(options, subject)
          .forEach((questions, text) -> lines.add(subject.name() + ", " + questions + ": " + text));
    }
    return lines;
  }

  /// The settings of a subject, with the questions that share one together.
  private static Map<String, String> byQuestions(Options options, Subject subject) {
    var questions = new LinkedHashMap<String, String>();
    new TreeMap<>(subject.settings())
        .forEach((question, text) -> {
          if (options.questions().contains(question)) {
            questions.merge(text, question.word(), (a, b) -> a + ", " + b);
          }
        });
    var settings = new LinkedHashMap<String, String>();
    questions.forEach((text, words) -> settings.put(words, text));
    return settings;
  }
}
