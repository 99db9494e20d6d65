package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.measure.Samples;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithThreeSteps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One durable function of three steps with nothing else going on, from the call that starts it
/// until its end is known.
public final class Alone implements Workload {
  private static final int WARM = 50;
  private static final int TIMES = 200;
  private static final String P50 = "three_steps_p50";
  private static final String P99 = "three_steps_p99";

  @Override
  public Set<Question> answers() {
    return Set.of(Question.ALONE);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var subjects =
        lab.field().asked(Question.ALONE).stream()
            .filter(WithThreeSteps.class::isInstance)
            .toList();
    var rounds =
        new Rounds(lab, Question.ALONE.word(), 1)
            .play(subjects, (subject, counted) -> round(lab, subject, counted));
    return Stream.concat(
            rounds.measurements(P50, "ms").stream(), rounds.measurements(P99, "ms").stream())
        .toList();
  }

  private static Map<String, Sample> round(Lab lab, Subject subject, boolean counted)
      throws Exception {
    if (!(subject instanceof WithThreeSteps runner)) {
      throw new IllegalArgumentException(subject.name() + " has no steps");
    }
    subject.startWorker(Mode.STEPS);
    try {
      for (int i = 0; i < WARM; i++) {
        runner.runThree();
      }
      lab.awaitQuiet(subject, counted);
      var before = lab.meter().read(subject);
      var start = System.nanoTime();
      var millis = new double[TIMES];
      for (int i = 0; i < TIMES; i++) {
        var called = System.nanoTime();
        runner.runThree();
        millis[i] = (System.nanoTime() - called) / 1e6;
      }
      var clocked =
          new Clocked(TIMES, System.nanoTime() - start, before, lab.meter().read(subject));
      Arrays.sort(millis);
      double foreign = clocked.perSecond().foreignPercent();
      return Map.of(
          P50, new Sample(Samples.percentile(millis, 50), foreign),
          P99, new Sample(Samples.percentile(millis, 99), foreign));
    } finally {
      subject.stopWorker();
    }
  }
}
