package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithHeld;
import io.sluice.bench.subject.WithHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Does work that is ready drain at the same rate with very much in the tables that is not? A twin
/// of the subject, with filled tables, and the subject itself drain in turns.
public final class Filled implements Workload {
  /// The share of the subject's own rate, without the filling, that is left.
  private static final String SHARE = "_share";

  @Override
  public Set<Question> answers() {
    return Set.of(Question.HISTORY, Question.HELD);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws Exception {
    var measurements = new ArrayList<Measurement>();
    for (var question : List.of(Question.HISTORY, Question.HELD)) {
      if (wanted.contains(question)) {
        for (var subject : lab.field().asked(question)) {
          measurements.addAll(compare(lab, question, subject));
        }
      }
    }
    return measurements;
  }

  private static List<Measurement> compare(Lab lab, Question question, Subject subject)
      throws Exception {
    var word = question.word();
    lab.progress().begin("%s, filling %s".formatted(word, subject.name()));
    var twin = lab.twins().of(subject, word);
    try {
      fill(question, twin, lab.sizes().filling());
      var rounds =
          new Rounds(lab, word, 1)
              .play(List.of(subject, twin), (s, counted) -> Throughput.round(lab, s, counted));
      var drain = Question.DRAIN.word();
      var alone = rounds.measurement(subject, drain, "jobs/s");
      var filled = rounds.measurement(twin, drain, "jobs/s").map(m -> m.as(word));
      return alone.isPresent() && filled.isPresent()
          ? List.of(filled.get(), share(filled.get(), alone.get()))
          : List.of();
    } finally {
      lab.field().close(twin);
    }
  }

  private static void fill(Question question, Subject twin, int jobs) throws Exception {
    switch (twin) {
      case WithHistory keeper when question == Question.HISTORY -> keeper.fillHistory(jobs);
      case WithHeld holder when question == Question.HELD -> holder.fillHeld(jobs);
      default -> throw new IllegalStateException(twin.name() + " cannot be asked " + question);
    }
  }

  private static Measurement share(Measurement filled, Measurement alone) {
    return new Measurement(
        filled.workload() + SHARE,
        filled.subject(),
        filled.value() / alone.value(),
        "of own drain",
        filled.min() / alone.max(),
        filled.max() / alone.min(),
        Math.min(filled.rounds(), alone.rounds()),
        Math.max(filled.foreignPercent(), alone.foreignPercent()),
        filled.disturbed() || alone.disturbed());
  }
}
