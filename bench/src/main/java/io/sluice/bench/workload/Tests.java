package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithClaims;
import io.sluice.bench.subject.WithTests;
import io.sluice.bench.subject.WithValidations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The stages of a test run, each for itself: executions, validations, claims by reviewers.
public final class Tests implements Workload {
  private static final int REVIEWERS = 50;

  @Override
  public Set<Question> answers() {
    return Set.of(Question.TESTS, Question.VALIDATE, Question.CLAIM);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var out = new ArrayList<Measurement>();
    for (var question : List.of(Question.TESTS, Question.VALIDATE, Question.CLAIM)) {
      if (wanted.contains(question)) {
        out.addAll(
            new Rounds(lab, question.word(), 1)
                .play(
                    lab.field().asked(question),
                    (subject, counted) -> round(lab, question, subject, counted))
                .measurements(question.word(), unit(question)));
      }
    }
    return out;
  }

  private static String unit(Question question) {
    return switch (question) {
      case TESTS -> "executions/s";
      case VALIDATE -> "validations/s";
      default -> "claims/s";
    };
  }

  /// What is done outside the clock, and what inside.
  private record Work(Part prepared, Part clocked) {
    interface Part {
      void run() throws Exception;
    }
  }

  private static Map<String, Sample> round(
      Lab lab, Question question, Subject subject, boolean counted) throws Exception {
    int many = lab.sizes().functions() * (question == Question.CLAIM ? 2 : 1);
    subject.startWorker(Mode.STEPS);
    try {
      var work = work(question, subject, many);
      work.prepared().run();
      lab.vacuum(subject);
      lab.meter().checkpoint();
      lab.awaitQuiet(subject, counted);
      var before = lab.meter().read(subject);
      var start = System.nanoTime();
      work.clocked().run();
      var end = System.nanoTime();
      var clocked = new Clocked(many, end - start, before, lab.meter().read(subject));
      return Map.of(question.word(), clocked.perSecond());
    } finally {
      subject.stopWorker();
    }
  }

  private static Work work(Question question, Subject subject, int many) {
    if (question == Question.TESTS && subject instanceof WithTests tester) {
      return new Work(() -> tester.prepareTests(many), () -> tester.runTests(many));
    }
    if (question == Question.VALIDATE && subject instanceof WithValidations validator) {
      return new Work(() -> validator.prepareValidations(many), () -> validator.validate(many));
    }
    if (question == Question.CLAIM && subject instanceof WithClaims queue) {
      return new Work(() -> queue.askReviews(many), () -> queue.claimReviews(REVIEWERS, many));
    }
    throw new IllegalArgumentException(subject.name() + " can not be asked: " + question);
  }
}
