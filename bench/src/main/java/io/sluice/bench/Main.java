package io.sluice.bench;

import io.sluice.bench.measure.Progress;
import io.sluice.bench.report.JsonLines;
import io.sluice.bench.report.ResultsFile;
import io.sluice.bench.report.Table;
import io.sluice.bench.subject.Question;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The command behind `bench/run`.
public final class Main {
  private static final int REFUSED = 2;
  private static final int SOMEONE_FAILED = 1;

  private Main() {}

  /// @param arguments see [Options#USAGE]
  public static void main(String[] arguments) throws Exception {
    var home = Path.of(System.getProperty("bench.home", "bench"));
    var clock = Clock.systemDefaultZone();
    var subjects = new Subjects(home, clock);
    if (List.of(arguments).contains("--help")) {
      System.out.print(usage(subjects));
      return;
    }
    try {
      var options = Options.parse(List.of(arguments), subjects.words(), home);
      System.exit(run(subjects, options, String.join(" ", arguments), clock));
    } catch (Options.Refused e) {
      System.err.println(e.getMessage() + "\n\n" + usage(subjects));
      System.exit(REFUSED);
    }
  }

  private static int run(Subjects subjects, Options options, String arguments, Clock clock)
      throws Exception {
    try (var progress = new Progress(clock)) {
      var outcome = new Run(subjects, options, progress).play();
      var about = outcome.circumstances(("bench/run " + arguments).strip(), clock.instant());
      var text = options.json() ? JsonLines.of(outcome.results()) : Table.of(outcome.results());
      System.out.write(text.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
      ResultsFile.write(options.out(), outcome.results(), about);
      about.notes().forEach(progress::say);
      progress.say("written to " + options.out());
      return outcome.failures().isEmpty() ? 0 : SOMEONE_FAILED;
    }
  }

  private static String usage(Subjects subjects) {
    var questions =
        Arrays.stream(Question.values()).map(Question::word).collect(Collectors.joining(","));
    return Options.USAGE.formatted(String.join(", ", subjects.words()), questions);
  }
}
