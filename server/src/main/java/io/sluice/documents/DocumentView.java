package io.sluice.documents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A document as it is shown.
///
/// @param status of its job, in the words of every execution: queued, running, waiting, completed,
///   failed, cancelled
/// @param stage the last one that was reached
/// @param progressDone how many chunks have a vector; null before there are chunks
/// @param error why it failed, or why it is tried again; null if neither
public record DocumentView(
    UUID id,
    String name,
    String sha256,
    long sizeBytes,
    String status,
    String stage,
    UUID jobId,
    int attempt,
    @Nullable Long progressDone,
    @Nullable Long progressTotal,
    @Nullable String mediaType,
    @Nullable String title,
    @Nullable String language,
    @Nullable Integer pages,
    @Nullable Integer characters,
    @Nullable Integer chunks,
    List<String> warnings,
    @Nullable Failure error,
    Instant createdAt,
    @Nullable Instant readyAt) {

  /// Why a document is not ready.
  ///
  /// @param code one of the parser's or the engine's, e.g. `ENCRYPTED`
  /// @param message what is wrong and what to do
  /// @param retryable whether it is tried again by itself
  public record Failure(String code, String message, boolean retryable) {}
}
