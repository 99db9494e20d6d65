package io.sluice.validation;

import java.math.BigDecimal;

/// Where the bands of confidence begin.
///
/// @param autoPass from here on nobody has to look; 0 to 1
/// @param needsReview from here on a person decides; below it is `auto_fail`; no more than
///   `autoPass`
public record Thresholds(BigDecimal autoPass, BigDecimal needsReview) {
  /// 0.75 and 0.40.
  public static final Thresholds DEFAULT =
      new Thresholds(new BigDecimal("0.75"), new BigDecimal("0.40"));

  /// Checks the order.
  public Thresholds {
    if (needsReview.signum() < 0
        || autoPass.compareTo(needsReview) < 0
        || autoPass.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "thresholds must be 0 <= needsReview <= autoPass <= 1, not "
              + needsReview
              + " and "
              + autoPass);
    }
  }

  /// The band that a confidence lies in; a border belongs to the better one.
  public ReviewStatus statusOf(BigDecimal confidence) {
    if (confidence.compareTo(autoPass) >= 0) {
      return ReviewStatus.AUTO_PASS;
    }
    return confidence.compareTo(needsReview) >= 0
        ? ReviewStatus.NEEDS_REVIEW
        : ReviewStatus.AUTO_FAIL;
  }
}
