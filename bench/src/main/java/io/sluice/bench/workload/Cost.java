package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.WithSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// What a job, and a function of five steps, costs: WAL, commits, CPU of the client and of
/// PostgreSQL.
///
/// Commits are PostgreSQL's `xact_commit`, so that read-only transactions count too. Backends
/// report them late; all subjects therefore do their work, and one wait serves for all.
public final class Cost implements Workload {
  private static final int TRIES = 3;
  private static final Duration BACKEND_EXIT = Duration.ofSeconds(1);

  /// What one subject spent on one job or function.
  private record Bill(
      double walBytes, double commits, double client, double postgres, double foreignPercent) {
    static Bill of(List<Clocked> parts, double commits) {
      return new Bill(
          sum(parts, Clocked::walBytesEach),
          commits,
          sum(parts, Clocked::clientMicrosEach),
          sum(parts, Clocked::postgresMicrosEach),
          parts.stream().mapToDouble(Clocked::foreignPercent).max().orElse(0));
    }

    Bill lessDisturbed(Bill other) {
      return foreignPercent <= other.foreignPercent ? this : other;
    }

    private static double sum(List<Clocked> parts, ToDoubleFunction<Clocked> part) {
      return parts.stream().mapToDouble(part).sum();
    }
  }

  /// The work that a bill is for, in parts that follow each other.
  private interface Work {
    List<Clocked> of(Subject subject) throws Exception;
  }

  @Override
  public Set<Question> answers() {
    return Set.of(Question.COST);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws Exception {
    var measurements = new ArrayList<Measurement>();
    var subjects = lab.field().asked(Question.COST);
    report(lab, "cost", "job", bills(lab, subjects, 1, s -> jobs(lab, s)), measurements);
    if (!lab.quick()) {
      var runners =
          lab.field().asked(Question.STEPS).stream().filter(WithSteps.class::isInstance).toList();
      report(
          lab,
          "cost_steps",
          "function",
          bills(lab, runners, 0, s -> functions(lab, s)),
          measurements);
    }
    return measurements;
  }

  private static List<Clocked> jobs(Lab lab, Subject subject) throws Exception {
    var jobs = new Jobs(lab);
    lab.meter().checkpoint();
    lab.awaitQuiet(subject);
    var enqueue = jobs.enqueue(subject);
    lab.vacuum(subject);
    lab.awaitQuiet(subject);
    return List.of(enqueue, jobs.drain(subject));
  }

  private static List<Clocked> functions(Lab lab, Subject subject) throws Exception {
    if (!(subject instanceof WithSteps runner)) {
      return List.of();
    }
    lab.meter().checkpoint();
    subject.startWorker(Mode.STEPS);
    try {
      lab.awaitQuiet(subject);
      return List.of(Steps.many(lab, subject, runner));
    } finally {
      subject.stopWorker();
    }
  }

  /// A subject that others disturbed is billed again; the least disturbed bill stands.
  private static Map<Subject, Bill> bills(Lab lab, List<Subject> subjects, int vacuums, Work work)
      throws Exception {
    var bills = new LinkedHashMap<Subject, Bill>();
    var open = new ArrayList<>(subjects);
    for (int attempt = 0; attempt < (lab.quick() ? 1 : TRIES) && !open.isEmpty(); attempt++) {
      billOnce(lab, open, vacuums, work)
          .forEach((subject, bill) -> bills.merge(subject, bill, Bill::lessDisturbed));
      open.clear();
      bills.forEach((subject, bill) -> {
        if (lab.rules().isForeign(bill.foreignPercent())) {
          open.add(subject);
        }
      });
    }
    return bills;
  }

  /// What a subject did, and where its commits stood before.
  private record Done(Subject subject, long commitsBefore, List<Clocked> parts) {}

  private static Map<Subject, Bill> billOnce(
      Lab lab, List<Subject> subjects, int vacuums, Work work) throws Exception {
    lab.progress().begin("cost, waiting until commits are reported");
    lab.meter().settle();
    var done = new ArrayList<Done>();
    for (var subject : subjects) {
      lab.progress().begin("cost, " + subject.name());
      // VACUUM inside the work commits as often as this one; those commits are not the subject's.
      var ofVacuums = vacuums * commitsOfVacuum(lab, subject);
      var commits = lab.meter().read(subject).commits();
      done.add(new Done(subject, commits + ofVacuums, work.of(subject)));
    }
    lab.progress().begin("cost, waiting until commits are reported");
    lab.meter().settle();
    var bills = new LinkedHashMap<Subject, Bill>();
    for (var each : done) {
      var commits = lab.meter().read(each.subject()).commits() - each.commitsBefore();
      var perPiece = (double) commits / each.parts().getFirst().count();
      bills.put(each.subject(), Bill.of(each.parts(), perPiece));
    }
    return bills;
  }

  private static long commitsOfVacuum(Lab lab, Subject subject) throws Exception {
    var before = lab.meter().read(subject).commits();
    lab.vacuum(subject);
    Thread.sleep(BACKEND_EXIT);
    return lab.meter().read(subject).commits() - before;
  }

  private static void report(
      Lab lab, String name, String each, Map<Subject, Bill> bills, List<Measurement> into) {
    add(lab, name + "_wal", "bytes/" + each, bills, Bill::walBytes, into);
    add(lab, name + "_commits", "commits/" + each, bills, Bill::commits, into);
    add(lab, name + "_cpu_client", "µs/" + each, bills, Bill::client, into);
    add(lab, name + "_cpu_postgres", "µs/" + each, bills, Bill::postgres, into);
  }

  private static void add(
      Lab lab,
      String workload,
      String unit,
      Map<Subject, Bill> bills,
      ToDoubleFunction<Bill> value,
      List<Measurement> into) {
    bills.forEach((subject, bill) ->
        into.add(
            Measurement.once(
                workload,
                subject.name(),
                value.applyAsDouble(bill),
                unit,
                bill.foreignPercent(),
                lab.rules())));
  }
}
