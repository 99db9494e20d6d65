package io.sluice.documents.work;

import io.sluice.documents.DocumentView;
import io.sluice.documents.Hit;
import io.sluice.documents.Stage;
import io.sluice.documents.search.SearchHit;
import io.sluice.documents.store.DocumentStore;
import io.sluice.engine.JobError;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How rows are shown.
final class DocumentViews {
  private DocumentViews() {}

  /// A document with what its job tells; the job may have been dropped with old history.
  static DocumentView of(DocumentStore.Row row, @Nullable JobView job) {
    return new DocumentView(
        row.id(),
        row.name(),
        row.sha256(),
        row.sizeBytes(),
        status(row, job),
        stage(row, job),
        row.job(),
        job == null ? 0 : job.attempt(),
        job == null || job.progressTotal() == 0 ? null : done(job),
        job == null || job.progressTotal() == 0 ? null : job.progressTotal(),
        row.mediaType(),
        row.title(),
        row.language(),
        row.pages(),
        row.characters(),
        row.chunks(),
        row.warnings(),
        job == null || job.state() == JobState.DONE || job.lastError() == null
            ? null
            : failure(job.lastError(), job.state()),
        row.createdAt(),
        row.readyAt());
  }

  /// The last progress of a job that ended well is its end.
  private static long done(JobView job) {
    return job.state() == JobState.DONE ? job.progressTotal() : job.progressDone();
  }

  private static String stage(DocumentStore.Row row, @Nullable JobView job) {
    if (job == null) {
      return (row.readyAt() == null ? Stage.QUEUED : Stage.EMBEDDED).sql();
    }
    return Objects.requireNonNullElse(job.stage(), Stage.QUEUED.sql());
  }

  private static String status(DocumentStore.Row row, @Nullable JobView job) {
    if (job == null) {
      return row.readyAt() == null ? "failed" : "completed";
    }
    return switch (job.state()) {
      case QUEUED -> "queued";
      case WORKING -> "running";
      case WAITING, RETRYABLE -> "waiting";
      case DONE -> "completed";
      case DEADLETTER -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  private static DocumentView.Failure failure(JobError error, JobState state) {
    return new DocumentView.Failure(
        error.errorType(), error.message(), state != JobState.DEADLETTER && !error.permanent());
  }

  static Hit hit(SearchHit hit, String name) {
    return new Hit(
        hit.documentId(),
        name,
        hit.chunkId(),
        hit.score(),
        hit.keywordRank(),
        hit.vectorRank(),
        hit.place().start(),
        hit.place().end(),
        hit.place().firstPage(),
        hit.place().lastPage(),
        hit.place().headings(),
        hit.text(),
        hit.snippet().text(),
        hit.snippet().highlights().stream().map(h -> new int[] {h.start(), h.end()}).toList());
  }
}
