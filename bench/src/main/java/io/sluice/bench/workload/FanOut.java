package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithFanOut;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Items of one loop, from its start until the last has ended. What the engine alone does is as
/// many plain jobs, enqueued and drained.
public final class FanOut implements Workload {
  /// A worker that has just started is slower: as many loops, together of the measured size, go
  /// before.
  private static final int WARM = 10;

  @Override
  public Set<Question> answers() {
    return Set.of(Question.FANOUT);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var subjects =
        lab.field().asked(Question.FANOUT).stream().filter(WithFanOut.class::isInstance).toList();
    return new Rounds(lab, Question.FANOUT.word(), 1)
        .play(subjects, (subject, counted) -> round(lab, subject, counted))
        .measurements(Question.FANOUT.word(), "items/s");
  }

  private static Map<String, Sample> round(Lab lab, Subject subject, boolean counted)
      throws Exception {
    if (!(subject instanceof WithFanOut runner)) {
      throw new IllegalArgumentException(subject.name() + " has no loops");
    }
    int items = lab.sizes().jobs() / 2;
    lab.vacuum(subject);
    lab.meter().checkpoint();
    subject.startWorker(Mode.STEPS);
    try {
      for (int i = 0; i < WARM; i++) {
        runner.runItems(items / WARM);
      }
      lab.awaitQuiet(subject, counted);
      var before = lab.meter().read(subject);
      var start = System.nanoTime();
      runner.runItems(items);
      var end = System.nanoTime();
      var clocked = new Clocked(items, end - start, before, lab.meter().read(subject));
      return Map.of(Question.FANOUT.word(), clocked.perSecond());
    } finally {
      subject.stopWorker();
    }
  }
}
