package io.sluice.engine.model;

import io.sluice.engine.JobError;
import java.time.Duration;

/// What becomes of a job whose attempt failed.
public sealed interface Verdict {
  /// What went wrong.
  JobError error();

  /// It is tried again after a delay.
  record Retry(JobError error, Duration delay) implements Verdict {}

  /// It ends in `deadletter`.
  ///
  /// @param why for the history
  record GiveUp(JobError error, String why) implements Verdict {}
}
