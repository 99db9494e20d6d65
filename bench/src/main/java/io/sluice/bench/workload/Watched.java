package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.measure.Samples;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithWatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// How long a change of an execution's state takes to reach somebody who watches, while 200 run:
/// one ends every 20 ms, and another begins.
public final class Watched implements Workload {
  private static final int RUNNING = 200;
  private static final String P50 = "watch_p50";
  private static final String P99 = "watch_p99";
  private static final String MAX = "watch_max";

  @Override
  public Set<Question> answers() {
    return Set.of(Question.WATCH);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var rounds =
        new Rounds(lab, Question.WATCH.word(), 1)
            .play(
                lab.field().asked(Question.WATCH),
                (subject, counted) -> round(lab, subject, counted));
    return Stream.of(P50, P99, MAX)
        .flatMap(value -> rounds.measurements(value, "ms").stream())
        .toList();
  }

  private static Map<String, Sample> round(Lab lab, Subject subject, boolean counted)
      throws Exception {
    if (!(subject instanceof WithWatcher watched)) {
      throw new IllegalArgumentException(subject.name() + " can not be watched");
    }
    subject.startWorker(Mode.STEPS);
    try {
      lab.awaitQuiet(subject, counted);
      var before = lab.meter().read(subject);
      var millis =
          watched.watch(RUNNING, lab.sizes().pickups()).stream()
              .mapToDouble(seen -> millis(seen.recorded(), seen.arrived()))
              .sorted()
              .toArray();
      double foreign = before.foreignPercent(lab.meter().read(subject));
      return Map.of(
          P50, new Sample(Samples.percentile(millis, 50), foreign),
          P99, new Sample(Samples.percentile(millis, 99), foreign),
          MAX, new Sample(millis[millis.length - 1], foreign));
    } finally {
      subject.stopWorker();
    }
  }

  private static double millis(java.time.Instant from, java.time.Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
