package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.measure.Samples;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithSteps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Durable functions of five steps: many at once, and one alone.
public final class Steps implements Workload {
  private static final int ALONE = 50;
  private static final String ALONE_P50 = "steps_alone_p50";

  @Override
  public Set<Question> answers() {
    return Set.of(Question.STEPS);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var subjects =
        lab.field().asked(Question.STEPS).stream().filter(WithSteps.class::isInstance).toList();
    var rounds =
        new Rounds(lab, Question.STEPS.word(), 1)
            .play(subjects, (subject, counted) -> round(lab, subject, counted));
    return Stream.concat(
            rounds.measurements(Question.STEPS.word(), "functions/s").stream(),
            rounds.measurements(ALONE_P50, "ms").stream())
        .toList();
  }

  private static Map<String, Sample> round(Lab lab, Subject subject, boolean counted)
      throws Exception {
    if (!(subject instanceof WithSteps runner)) {
      throw new IllegalArgumentException(subject.name() + " has no steps");
    }
    lab.vacuum(subject);
    lab.meter().checkpoint();
    subject.startWorker(Mode.STEPS);
    try {
      lab.awaitQuiet(subject, counted);
      var many = many(lab, subject, runner);
      var values = new LinkedHashMap<String, Sample>();
      values.put(Question.STEPS.word(), many.perSecond());
      values.put(ALONE_P50, new Sample(aloneMillis(runner), many.foreignPercent()));
      return values;
    } finally {
      subject.stopWorker();
    }
  }

  /// From the first start call until the database says that nothing is open.
  static Clocked many(Lab lab, Subject subject, WithSteps runner) throws Exception {
    var functions = runner.functionsPerRound(lab.sizes().functions());
    var before = lab.meter().read(subject);
    var start = System.nanoTime();
    runner.runFunctions(functions);
    var end = System.nanoTime();
    return new Clocked(functions, end - start, before, lab.meter().read(subject));
  }

  private static double aloneMillis(WithSteps runner) throws Exception {
    var millis = new double[ALONE];
    for (int i = 0; i < ALONE; i++) {
      var start = System.nanoTime();
      runner.runFunctions(1);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return Samples.percentile(millis, 50);
  }
}
