package io.sluice.review;

import io.sluice.engine.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of the queue, the reviewers and their agreement. Thread-safe.
public interface Statistics {
  /// What waits, by language; one row without a language for all.
  List<Depth> depth(TenantId tenant);

  /// What each reviewer has done.
  List<ByReviewer> reviewers(TenantId tenant, @Nullable Instant since);

  /// How far each pair of reviewers agrees, by language.
  List<ByPair> agreement(TenantId tenant, @Nullable Instant since);

  /// What verdicts teach about confidences.
  ///
  /// @param group null: all
  /// @param language null: all
  Calibration calibration(
      TenantId tenant,
      @Nullable String group,
      @Nullable String language,
      Calibration.Wanted wanted);

  /// What waits.
  ///
  /// @param language null: all of them
  /// @param oldest when the oldest pending item came; null if none waits
  record Depth(@Nullable String language, long pending, long claimed, @Nullable Instant oldest) {}

  /// What a reviewer has done.
  ///
  /// @param controls hidden controls decided
  /// @param controlsRight those with the known answer
  /// @param overruled decisions that the majority did not follow
  record ByReviewer(
      UUID reviewer,
      String name,
      long decisions,
      long passed,
      long failed,
      Duration medianTime,
      long controls,
      long controlsRight,
      long overruled) {}

  /// How far two reviewers agree in a language.
  record ByPair(UUID one, UUID other, String language, Agreement agreement) {}
}
