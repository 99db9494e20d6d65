package io.sluice.engine.crash;

import io.sluice.engine.Kind;
import io.sluice.engine.RetryPolicy;
import java.time.Duration;

/// What the workers of these tests run.
final class CrashKinds {
  private static final RetryPolicy RETRY = RetryPolicy.fixed(20, Duration.ofMillis(200));

  /// Two steps, each of which writes to the audit.
  static final Kind<String, String> AUDITED = kind("crash.audited");

  /// One transaction, which writes to the table `effect`.
  static final Kind<String, String> BOOKING = kind("crash.booking");

  /// One step, which calls the test's server.
  static final Kind<String, String> CALLING = kind("crash.calling");

  /// As [#CALLING], for one worker that is stopped meanwhile.
  static final Kind<String, String> STALLED = kind("crash.stalled");

  /// Ends its process when its input says so.
  static final Kind<String, String> POISON = kind("crash.poison");

  private CrashKinds() {}

  private static Kind<String, String> kind(String name) {
    return Kind.of(name, String.class, String.class).withRetry(RETRY).inQueue(name);
  }

  /// What the audit and the transactions write to.
  static final String TABLES =
      """
      create table audit (job uuid, step text, pid bigint, started timestamptz, ended timestamptz default clock_timestamp());
      create table effect (job uuid, pid bigint);
      grant all on audit, effect to sluice_app;
      """;
}
