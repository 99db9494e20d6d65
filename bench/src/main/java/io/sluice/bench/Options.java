package io.sluice.bench;

import io.sluice.bench.measure.Rules;
import io.sluice.bench.measure.Sizes;
import io.sluice.bench.subject.Question;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line.
///
/// @param subjects words of [Subjects]
/// @param out where the results file goes
record Options(
    Set<String> subjects,
    Set<Question> questions,
    boolean quick,
    boolean json,
    Sizes sizes,
    Rules rules,
    Path out) {

  static final String USAGE =
      """
      bench/run [SUBJECT …] [OPTION …]

      Measures the subjects on one PostgreSQL of its own, prints a table and writes bench/RESULTS.md.
      Progress goes to stderr.

      SUBJECT  %s or all (which is the default).
               The floor always takes part: the ratios refer to it; beside workflows so does the engine.
      --quick      smaller and fewer rounds, no waiting for a quiet machine; without alone, fanout, history, held,
                   and, unless tests are asked for alone, what is asked of them
      --json       print a line of JSON a measurement instead of the table
      --only LIST  some of: %s
      --n JOBS     jobs a round (20000); the other sizes follow
      --rounds N   counted rounds (3, quick 2)
      --out FILE   write the results there
      """;

  /// A command line that cannot be understood.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments, Set<String> known, Path home) throws Refused {
    var draft = new Draft();
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      draft.take(rest.next(), rest, known);
    }
    return draft.options(home);
  }

  private static final Set<Question> OF_TESTS =
      Set.of(Question.TESTS, Question.WATCH, Question.VALIDATE, Question.CLAIM);

  private static final class Draft {
    private final Set<String> subjects = new LinkedHashSet<>();
    private final Set<Question> only = EnumSet.noneOf(Question.class);
    private boolean quick;
    private boolean json;
    private int jobs = 20_000;
    private int rounds;
    private @Nullable Path out;

    void take(String argument, Iterator<String> rest, Set<String> known) throws Refused {
      switch (argument) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        case "--only" -> only.addAll(questions(value(argument, rest)));
        case "--n" -> jobs = number(argument, rest);
        case "--rounds" -> rounds = number(argument, rest);
        case "--out" -> out = Path.of(value(argument, rest));
        default -> subjects.add(subject(argument, known));
      }
    }

    Options options(Path home) {
      var counted = rounds > 0 ? rounds : quick ? 2 : 3;
      return new Options(
          subjects.isEmpty() ? Set.of(Subjects.ALL) : subjects,
          only.isEmpty() ? byDefault() : only,
          quick,
          json,
          quick ? Sizes.quick(jobs) : Sizes.thorough(jobs),
          quick ? Rules.quick(counted) : Rules.thorough(counted),
          out == null ? home.resolve("RESULTS.md") : out);
    }

    private Set<Question> byDefault() {
      if (subjects.equals(Set.of(Subjects.WORKFLOWS))) {
        return EnumSet.of(
            Question.STEPS, Question.ALONE, Question.FANOUT, Question.COST, Question.IDLE);
      }
      if (subjects.equals(Set.of(Subjects.TESTS))) {
        return EnumSet.copyOf(OF_TESTS);
      }
      var all = EnumSet.allOf(Question.class);
      if (quick) {
        all.removeAll(Set.of(Question.ALONE, Question.FANOUT, Question.HISTORY, Question.HELD));
        all.removeAll(OF_TESTS);
      }
      return all;
    }

    private static String subject(String word, Set<String> known) throws Refused {
      if (!word.equals(Subjects.ALL) && !known.contains(word)) {
        throw new Refused("unknown: " + word);
      }
      return word;
    }

    private static List<Question> questions(String list) throws Refused {
      try {
        return List.of(list.split(",", -1)).stream()
            .map(word -> Question.valueOf(word.toUpperCase(Locale.ROOT)))
            .toList();
      } catch (IllegalArgumentException _) {
        throw new Refused("unknown workload in --only " + list);
      }
    }

    private static String value(String option, Iterator<String> rest) throws Refused {
      if (!rest.hasNext()) {
        throw new Refused(option + " needs a value");
      }
      return rest.next();
    }

    private static int number(String option, Iterator<String> rest) throws Refused {
      var value = value(option, rest);
      try {
        var number = Integer.parseInt(value);
        if (number > 0) {
          return number;
        }
      } catch (NumberFormatException _) {
        // Said below.
      }
      throw new Refused(option + " needs a number above 0, not " + value);
    }
  }
}
