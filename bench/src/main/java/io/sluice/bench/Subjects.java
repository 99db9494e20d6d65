package io.sluice.bench;

import io.sluice.bench.postgres.Database;
import io.sluice.bench.subject.DbSchedulerSubject;
import io.sluice.bench.subject.EngineSubject;
import io.sluice.bench.subject.Floor;
import io.sluice.bench.subject.FloorSubject;
import io.sluice.bench.subject.GraphileSubject;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.TestSubject;
import io.sluice.bench.subject.WorkflowSubject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Everyone who can take part, in the order of the table.
final class Subjects {
  /// The word for all of them.
  static final String ALL = "all";

  /// The whole server. The engine stands beside it wherever it takes part.
  static final String WORKFLOWS = "workflows";

  /// The whole server, as those see it who test something with it.
  static final String TESTS = "tests";

  private static final String ENGINE = "engine";

  /// What every ratio refers to; it always takes part.
  private static final String FLOOR = "floor";

  /// @param word what selects it on the command line; several may share one
  /// @param thorough left out of a quick run
  record Entry(String word, boolean thorough, Function<Database, Subject> open) {}

  private final List<Entry> entries;

  /// @param home the directory of the benchmarks
  Subjects(Path home, InstantSource clock) {
    entries =
        List.of(
            new Entry(FLOOR, false, db -> new FloorSubject(db, Floor.PLAIN)),
            new Entry(FLOOR, true, db -> new FloorSubject(db, Floor.DELETING)),
            new Entry(FLOOR, false, db -> new FloorSubject(db, Floor.BATCHED)),
            new Entry(ENGINE, false, EngineSubject::new),
            new Entry(WORKFLOWS, false, WorkflowSubject::new),
            new Entry(TESTS, false, db -> new TestSubject(db, clock)),
            new Entry(
                "db-scheduler",
                false,
                db -> new DbSchedulerSubject(db, DbSchedulerSubject.WakeUp.HINT, clock)),
            new Entry(
                "db-scheduler",
                true,
                db -> new DbSchedulerSubject(db, DbSchedulerSubject.WakeUp.POLL, clock)),
            new Entry("graphile-worker", false, db -> new GraphileSubject(db, home.resolve("js"))));
  }

  Set<String> words() {
    return entries.stream().map(Entry::word).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<Entry> chosen(Set<String> words, boolean quick) {
    return entries.stream()
        .filter(e ->
            e.word().equals(FLOOR)
                || words.contains(ALL)
                || words.contains(e.word())
                || (e.word().equals(ENGINE) && words.contains(WORKFLOWS)))
        .filter(e -> !(quick && e.thorough()))
        .toList();
  }
}
