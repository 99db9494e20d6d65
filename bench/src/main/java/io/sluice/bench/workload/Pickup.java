package io.sluice.bench.workload;

import io.sluice.bench.measure.Lab;
import io.sluice.bench.measure.Measurement;
import io.sluice.bench.measure.Rounds;
import io.sluice.bench.measure.Sample;
import io.sluice.bench.measure.Samples;
import io.sluice.bench.subject.Enqueued;
import io.sluice.bench.subject.Mode;
import io.sluice.bench.subject.Question;
import io.sluice.bench.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// One job every 20 ms to an idle worker: how long after the enqueue returned, so after its commit,
/// does the handler start? As a check also from the call, because a worker may be at it before the
/// enqueuer has returned.
public final class Pickup implements Workload {
  private static final Duration GAP = Duration.ofMillis(20);
  private static final Duration START = Duration.ofMillis(1500);

  /// Each round starts its worker anew, and the first jobs pay for that; they are not counted.
  private static final int WARM_UP_JOBS = 50;

  @Override
  public Set<Question> answers() {
    return Set.of(Question.PICKUP);
  }

  @Override
  public List<Measurement> measure(Lab lab, Set<Question> wanted) throws InterruptedException {
    var rounds =
        new Rounds(lab, Question.PICKUP.word(), lab.quick() ? 0 : 1)
            .play(
                lab.field().asked(Question.PICKUP),
                (subject, counted) -> round(lab, subject, counted));
    return Stream.of("pickup_p50", "pickup_p95", "pickup_p99", "pickup_from_call_p50")
        .flatMap(value -> rounds.measurements(value, "ms").stream())
        .toList();
  }

  private static Map<String, Sample> round(Lab lab, Subject subject, boolean counted)
      throws Exception {
    lab.vacuum(subject);
    lab.meter().checkpoint();
    subject.startWorker(Mode.PICKUP);
    try {
      Thread.sleep(START);
      play(subject, WARM_UP_JOBS);
      lab.awaitQuiet(subject, counted);
      var before = lab.meter().read(subject);
      var waits = play(subject, lab.sizes().pickups());
      return values(waits, before.foreignPercent(lab.meter().read(subject)));
    } finally {
      subject.stopWorker();
    }
  }

  private record Wait(double fromReturnMillis, double fromCallMillis) {}

  private static List<Wait> play(Subject subject, int jobs) throws Exception {
    var handled = subject.expect(Mode.PICKUP, jobs);
    var enqueued = new ArrayList<Enqueued>(jobs);
    var start = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      sleepUntil(start + i * GAP.toNanos());
      enqueued.add(subject.enqueueOne(i));
    }
    var started = Jobs.await(handled, subject).startedNanos();
    var waits = new ArrayList<Wait>(jobs);
    for (int i = 0; i < jobs; i++) {
      waits.add(
          new Wait(
              (started.get(i) - enqueued.get(i).returnedNanos()) / 1e6,
              (started.get(i) - enqueued.get(i).calledNanos()) / 1e6));
    }
    return waits;
  }

  private static Map<String, Sample> values(List<Wait> waits, double foreign) {
    var fromReturn = waits.stream().mapToDouble(Wait::fromReturnMillis).sorted().toArray();
    var fromCall = waits.stream().mapToDouble(Wait::fromCallMillis).sorted().toArray();
    var values = new LinkedHashMap<String, Sample>();
    for (int percent : new int[] {50, 95, 99}) {
      values.put(
          "pickup_p" + percent, new Sample(Samples.percentile(fromReturn, percent), foreign));
    }
    values.put("pickup_from_call_p50", new Sample(Samples.percentile(fromCall, 50), foreign));
    return values;
  }

  private static void sleepUntil(long nanos) {
    long now;
    while ((now = System.nanoTime()) < nanos) {
      LockSupport.parkNanos(nanos - now);
    }
  }
}
