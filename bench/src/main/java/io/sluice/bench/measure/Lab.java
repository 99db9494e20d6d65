package io.sluice.bench.measure;

import io.sluice.bench.postgres.BenchDatabase;
import io.sluice.bench.subject.Subject;
import java.io.IOException;
import java.sql.SQLException;

/// Everything that a workload works with.
public record Lab(
    BenchDatabase server,
    Meter meter,
    Field field,
    Twins twins,
    Sizes sizes,
    Rules rules,
    boolean quick,
    Progress progress) {

  /// Another instance of a subject, prepared, in a database of its own.
  public interface Twins {
    Subject of(Subject subject, String suffix) throws Exception;
  }

  /// The planner's statistics and the visibility map as they are in a system that has run for a
  /// while.
  public void vacuum(Subject subject) throws SQLException {
    subject.database().execute("VACUUM (ANALYZE)");
  }

  /// The pause before a round, if it counts.
  public void awaitQuiet(Subject subject, boolean counted)
      throws SQLException, IOException, InterruptedException {
    if (counted) {
      awaitQuiet(subject);
    }
  }

  /// Waits until the others leave the machine alone, but not for ever.
  public void awaitQuiet(Subject subject) throws SQLException, IOException, InterruptedException {
    var deadline = System.nanoTime() + rules.quietPatience().toNanos();
    var before = meter.read(subject);
    var quietSince = before.nanos();
    while (System.nanoTime() < deadline) {
      Thread.sleep(rules.quietFor().dividedBy(2));
      var now = meter.read(subject);
      if (before.foreignPercent(now) >= Rules.QUIET_PERCENT) {
        quietSince = now.nanos();
      } else if (now.nanos() - quietSince >= rules.quietFor().toNanos()) {
        return;
      }
      before = now;
    }
    progress.say("others were not quiet within " + rules.quietPatience().toSeconds() + " s");
  }
}
