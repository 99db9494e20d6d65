package io.sluice.testing.run;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An execution with all that is known of it.
///
/// @param trace every step of every attempt, oldest first; where they lie makes no difference
public record ExecutionDetail(
    ExecutionView execution,
    List<StepLine> trace,
    List<AttemptLine> attempts,
    List<TransitionLine> transitions,
    List<ArtifactLine> artifacts) {
  /// A step.
  ///
  /// @param ord from 1 in its attempt
  public record StepLine(
      int attempt,
      int ord,
      String name,
      String status,
      @Nullable String message,
      Instant startedAt,
      int tookMs,
      @Nullable JsonNode detail) {}

  /// An attempt.
  public record AttemptLine(
      int attempt,
      String status,
      String outcome,
      @Nullable String errorCode,
      @Nullable String error,
      @Nullable String errorDetail,
      Instant startedAt,
      int tookMs) {}

  /// A move.
  public record TransitionLine(
      String move, String from, String to, Instant at, String who, @Nullable String why) {}

  /// Something that was kept.
  public record ArtifactLine(
      UUID artifactId,
      int attempt,
      String name,
      String mediaType,
      String sha256,
      int sizeBytes,
      Instant createdAt) {}
}
