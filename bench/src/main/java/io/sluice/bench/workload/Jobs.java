package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.subject.Handled;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Subject;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Enqueueing and draining many no-op jobs, with the clock on.
final class Jobs {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  private final Lab lab;

  Jobs(Lab lab) {
    this.lab = lab;
  }

  /// From the first call to the last return.
  Clocked enqueue(Subject subject) throws Exception {
    var jobs = lab.sizes().jobs();
    var before = lab.meter().read(subject);
    var start = System.nanoTime();
    subject.enqueueAll(jobs);
    var end = System.nanoTime();
    return new Clocked(jobs, end - start, before, lab.meter().read(subject));
  }

  /// From the start of the first handler, so just after the first claim, to the moment when nothing
  /// is open.
  Clocked drain(Subject subject) throws Exception {
    var jobs = lab.sizes().jobs();
    var handled = subject.expect(Mode.DRAIN, jobs);
    var before = lab.meter().read(subject);
    subject.startWorker(Mode.DRAIN);
    var first = await(handled, subject).firstNanos();
    awaitDrained(subject);
    var end = System.nanoTime();
    var after = lab.meter().read(subject);
    subject.stopWorker();
    if (subject.unfinished() != 0) {
      throw new IllegalStateException(subject.unfinished() + " jobs are not finished");
    }
    return new Clocked(jobs, end - first, before, after);
  }

  static Handled await(Future<Handled> handled, Subject subject) throws Exception {
    try {
      return handled.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(subject.unfinished() + " jobs were not handled", e);
    }
  }

  private static void awaitDrained(Subject subject) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!subject.isDrained()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(subject.unfinished() + " jobs were handled, not finished");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }
}
