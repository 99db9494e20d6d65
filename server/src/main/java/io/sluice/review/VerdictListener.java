package io.sluice.review;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whoever asks for reviews implements it, and is told of verdicts in the transaction that makes
/// them.
public interface VerdictListener {
  /// The source of the reviews that it wants to hear of.
  String source();

  /// There is a verdict. Called again for the same subject if it changes.
  void decided(Tx tx, Decided decided);

  /// The verdict was undone: the subject waits for one again.
  ///
  /// @throws ReviewProblem.HandedOver if it was acted on, and can not be undone
  void undone(Tx tx, Decided decided);

  /// A verdict.
  ///
  /// @param reviewer who said so last, or had the last word where none of several did; null: a
  ///   precedent
  /// @param reusedFrom the review whose verdict was taken over; null if a person decided this one
  /// @param labelsJson corrected labels; null for none
  record Decided(
      TenantId tenant,
      UUID review,
      UUID subject,
      Verdict verdict,
      @Nullable UUID reviewer,
      @Nullable UUID reusedFrom,
      @Nullable String note,
      @Nullable String labelsJson,
      Instant at) {}
}
