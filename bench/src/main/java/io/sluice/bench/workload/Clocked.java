package io.sluice.bench.workload;

import io.sluice.bench.measure.Sample;
import io.sluice.bench.measure.Snapshot;

/// A piece of work that was done with the clock on, and the counters before and after it.
record Clocked(int count, long nanos, Snapshot before, Snapshot after) {
  double foreignPercent() {
    return before.foreignPercent(after);
  }

  Sample perSecond() {
    return new Sample(count / (nanos / 1e9), foreignPercent());
  }

  double walBytesEach() {
    return (double) (after.walBytes() - before.walBytes()) / count;
  }

  double clientMicrosEach() {
    return (after.clientSeconds() - before.clientSeconds()) * 1e6 / count;
  }

  double postgresMicrosEach() {
    return (after.postgresSeconds() - before.postgresSeconds()) * 1e6 / count;
  }
}
