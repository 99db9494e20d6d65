package io.sluice.bench;

import io.sluice.bench.measure.Field;
import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Meter;
import io.sluice.bench.measure.Progress;
import io.sluice.bench.postgres.BenchDatabase;
import io.sluice.bench.report.Results;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import io.sluice.bench.subject.Unavailable;
import io.sluice.bench.workload.Alone;
import io.sluice.bench.workload.Cost;
import io.sluice.bench.workload.FanOut;
import io.sluice.bench.workload.Filled;
import io.sluice.bench.workload.Idle;
import io.sluice.bench.workload.Pickup;
import io.sluice.bench.workload.Steps;
import io.sluice.bench.workload.Tests;
import io.sluice.bench.workload.Throughput;
import io.sluice.bench.workload.Watched;
import io.sluice.bench.workload.Workload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// One run: a server, the subjects on it, the workloads one after the other.
final class Run {
  private static final List<Workload> WORKLOADS =
      List.of(
          new Throughput(),
          new Pickup(),
          new Steps(),
          new Alone(),
          new FanOut(),
          new Cost(),
          new Idle(),
          new Filled(),
          new Tests(),
          new Watched());

  private final Subjects subjects;
  private final Options options;
  private final Progress progress;
  private final Results results = new Results();
  private final List<String> absences = new ArrayList<>();
  private final Map<Subject, Subjects.Entry> entries = new IdentityHashMap<>();

  Run(Subjects subjects, Options options, Progress progress) {
    this.subjects = subjects;
    this.options = options;
    this.progress = progress;
  }

  Outcome play() throws Exception {
    progress.say("starting PostgreSQL");
    try (var server = BenchDatabase.start();
        var meter = new Meter(server);
        var field = new Field(progress)) {
      enter(server, field);
      var taking = field.all();
      var lab = lab(server, meter, field);
      for (var workload : WORKLOADS) {
        play(workload, lab);
      }
      return Outcome.of(server, options, taking, results, absences, field.failures());
    }
  }

  private void enter(BenchDatabase server, Field field) throws Exception {
    for (var entry : subjects.chosen(options.subjects(), options.quick())) {
      progress.begin("preparing " + entry.word());
      try {
        field.enter(open(entry, server, ""));
      } catch (Unavailable e) {
        var note = entry.word() + " does not take part: " + e.getMessage();
        progress.say(note);
        absences.add(note);
      }
    }
  }

  /// A subject in a new database that bears its name.
  private Subject open(Subjects.Entry entry, BenchDatabase server, String suffix) throws Exception {
    var name = entry.word().replace('-', '_') + "_" + entries.size() + suffix;
    var subject = entry.open().apply(server.newDatabase(name));
    entries.put(subject, entry);
    try {
      subject.prepare();
      return subject;
    } catch (Exception e) {
      subject.close();
      throw e;
    }
  }

  private Lab lab(BenchDatabase server, Meter meter, Field field) {
    return new Lab(
        server,
        meter,
        field,
        (subject, suffix) -> twin(server, subject, suffix),
        options.sizes(),
        options.rules(),
        options.quick(),
        progress);
  }

  private Subject twin(BenchDatabase server, Subject subject, String suffix) throws Exception {
    var entry = entries.get(subject);
    if (entry == null) {
      throw new IllegalArgumentException(subject.name() + " is not in this run");
    }
    return open(entry, server, "_" + suffix);
  }

  /// A workload that fails leaves the others their results.
  private void play(Workload workload, Lab lab) throws InterruptedException {
    var wanted = EnumSet.noneOf(Question.class);
    wanted.addAll(options.questions());
    wanted.retainAll(workload.answers());
    if (wanted.isEmpty()) {
      return;
    }
    try {
      results.addAll(workload.measure(lab, wanted));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      lab.field().note("no result for " + wanted + ": " + e, e);
    }
  }
}
