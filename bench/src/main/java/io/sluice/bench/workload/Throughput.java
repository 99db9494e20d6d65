package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Enqueue, then drain. What was finished in earlier rounds stays where the subject keeps it.
public final class Throughput implements Workload {
  /// Rounds that do not count: code on the JVM is quick only once it has been compiled, and the
  /// first rounds of each subject measure the compiler.
  private static final int WARM_UPS = 6;

  @Override
  public Set<Question> answers() {
    return Set.of(Question.ENQUEUE, Question.DRAIN);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var subjects = new LinkedHashSet<Subject>();
    for (var subject : lab.field().all()) {
      if (wanted.stream().anyMatch(subject.questions()::contains)) {
        subjects.add(subject);
      }
    }
    var rounds =
        new Rounds(lab, "jobs", WARM_UPS)
            .play(List.copyOf(subjects), (subject, counted) -> round(lab, subject, counted));
    var measurements = new ArrayList<Measurement>();
    for (var question : List.of(Question.ENQUEUE, Question.DRAIN)) {
      for (var subject : subjects) {
        if (wanted.contains(question) && subject.questions().contains(question)) {
          rounds.measurement(subject, question.word(), "jobs/s").ifPresent(measurements::add);
        }
      }
    }
    return measurements;
  }

  static Map<String, Sample> round(Lab lab, Subject subject, boolean counted) throws Exception {
    var jobs = new Jobs(lab);
    var values = new LinkedHashMap<String, Sample>();
    lab.vacuum(subject);
    lab.meter().checkpoint();
    lab.awaitQuiet(subject, counted);
    values.put(Question.ENQUEUE.word(), jobs.enqueue(subject).perSecond());
    lab.vacuum(subject);
    lab.awaitQuiet(subject, counted);
    values.put(Question.DRAIN.word(), jobs.drain(subject).perSecond());
    return values;
  }
}
