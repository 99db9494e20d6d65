package io.sluice.testing.run;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A validation as it is shown.
///
/// @param confidenceScore 0 to 100
/// @param confidence 0 to 1
/// @param passed whether nobody has to look
/// @param status always `completed`: what is not is not stored
/// @param explanation parts, checks and gates, each with its reason
public record ValidationView(
    UUID validationId,
    UUID executionId,
    UUID testRunId,
    BigDecimal confidenceScore,
    BigDecimal confidence,
    Scores validatorScores,
    String reviewStatus,
    boolean passed,
    String status,
    @Nullable Double wordErrorRate,
    JsonNode explanation,
    JsonNode expected,
    boolean audit,
    @Nullable UUID reviewId,
    @Nullable String verdict,
    @Nullable UUID verdictBy,
    @Nullable String verdictNote,
    @Nullable JsonNode verdictLabels,
    @Nullable Instant verdictAt,
    @Nullable UUID reusedFrom,
    Instant createdAt) {
  /// The scores of its parts, 0 to 1; null: not asked.
  public record Scores(
      @Nullable BigDecimal intent,
      @Nullable BigDecimal entity,
      @Nullable BigDecimal semantic,
      @Nullable BigDecimal judge) {}
}
