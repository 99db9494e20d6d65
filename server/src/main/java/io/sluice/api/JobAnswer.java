package io.sluice.api;

import io.sluice.engine.HistoryLine;
import io.sluice.engine.JobError;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A job as HTTP shows it: no stack trace, no class name.
///
/// @param history every move and step, oldest first; only for a single job
/// @param why it is not running, in words; only for a single job
record JobAnswer(
    UUID id,
    String kind,
    String queue,
    String state,
    @Nullable String hold,
    @Nullable String stage,
    int priority,
    int version,
    int fence,
    int attempt,
    int crashes,
    @Nullable UUID worker,
    @Nullable UUID parent,
    @Nullable String limitKey,
    @Nullable String uniqueKey,
    @Nullable Long progressDone,
    @Nullable Long progressTotal,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant wakeAt,
    @Nullable Instant deadlineAt,
    @Nullable String waitReason,
    @Nullable String cause,
    @Nullable Failure lastError,
    JsonNode input,
    @Nullable JsonNode result,
    @Nullable List<Line> history,
    @Nullable List<String> why) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// How an attempt failed.
  record Failure(
      String errorType,
      String message,
      Instant timestamp,
      int retryCount,
      boolean permanent,
      @Nullable String step) {
    static @Nullable Failure of(@Nullable JobError error) {
      return error == null
          ? null
          : new Failure(
              error.errorType(),
              error.message(),
              error.timestamp(),
              error.retryCount(),
              error.permanent(),
              error.step());
    }
  }

  /// A line of history.
  record Line(
      Instant at,
      String what,
      @Nullable String from,
      @Nullable String to,
      String who,
      String why,
      @Nullable String detail,
      @Nullable Failure error) {
    static Line of(HistoryLine line) {
      return new Line(
          line.at(),
          line.what(),
          name(line.from()),
          name(line.to()),
          line.who(),
          line.why(),
          line.detail(),
          Failure.of(line.error()));
    }

    private static @Nullable String name(@Nullable JobState state) {
      return state == null ? null : state.sql();
    }
  }

  /// The last progress of a job that ended well is its end.
  private static long done(JobView job) {
    return job.state() == JobState.DONE && job.progressTotal() > 0
        ? job.progressTotal()
        : job.progressDone();
  }

  static JobAnswer of(JobView job) {
    return of(job, null, null);
  }

  static JobAnswer of(
      JobView job, @Nullable List<HistoryLine> history, @Nullable List<String> why) {
    boolean counted = job.progressTotal() > 0 || job.progressDone() > 0;
    return new JobAnswer(
        job.id().value(),
        job.kind(),
        job.queue(),
        job.state().sql(),
        job.hold(),
        job.stage(),
        job.priority(),
        job.version(),
        job.fence(),
        job.attempt(),
        job.crashes(),
        job.worker(),
        job.parent() == null ? null : job.parent().value(),
        job.limitKey(),
        job.uniqueKey(),
        counted ? done(job) : null,
        counted ? job.progressTotal() : null,
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        job.wakeAt(),
        job.deadlineAt(),
        job.waitReason(),
        job.cause(),
        Failure.of(job.lastError()),
        JSON.readTree(job.inputJson()),
        job.resultJson() == null ? null : JSON.readTree(job.resultJson()),
        history == null ? null : history.stream().map(Line::of).toList(),
        why);
  }
}
