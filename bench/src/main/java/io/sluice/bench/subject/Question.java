package io.sluice.bench.subject;

import java.util.Locale;

/// What a run can ask of its subjects, in the order in which it asks.
public enum Question {
  /// Jobs a second that enqueueing many jobs commits.
  ENQUEUE,
  /// Jobs a second that get from ready to finished.
  DRAIN,
  /// How long after its commit the handler of a job starts, when the system was idle.
  PICKUP,
  /// Durable functions of five steps a second.
  STEPS,
  /// How long a durable function of three steps takes with nothing else going on.
  ALONE,
  /// Items of one loop a second.
  FANOUT,
  /// WAL, commits and CPU a job.
  COST,
  /// Statements a minute of a worker without work.
  IDLE,
  /// `DRAIN` with very many finished jobs in the tables.
  HISTORY,
  /// `DRAIN` with very many jobs held back by a full limit.
  HELD,
  /// Executions of tests a second, of ten requests each.
  TESTS,
  /// How long a change of an execution's state takes to reach somebody who watches.
  WATCH,
  /// Validations a second.
  VALIDATE,
  /// Reviews a second that many reviewers claim at once.
  CLAIM;

  /// As it is written on the command line and in results.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
