package io.sluice.review.model;

import io.sluice.review.ReviewRequest;
import io.sluice.review.Reviews.OpinionRule;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How many opinions an item gets.
public final class Opinions {
  private static final int AUTO_FAIL_PRIORITY = 2;

  private Opinions() {}

  /// By the rules, or by the request where it asks for more.
  public static int wanted(List<OpinionRule> rules, ReviewRequest request, RandomGenerator random) {
    var own = request.opinions();
    int asked = random.nextDouble() < own.share() ? own.wanted() : 1;
    return Math.max(asked, wanted(rules, request.group(), request.priority(), random));
  }

  /// By the most special rule that fits, and by lot where it asks for a share.
  ///
  /// @param priority of the item: that of `auto_fail` is 2
  /// @return 1 if no rule asks for more
  public static int wanted(
      List<OpinionRule> rules, @Nullable String group, int priority, RandomGenerator random) {
    var band = priority <= AUTO_FAIL_PRIORITY ? "auto_fail" : "needs_review";
    return rules.stream()
        .filter(rule -> rule.group() == null || rule.group().equals(group))
        .filter(rule -> rule.band() == null || rule.band().equals(band))
        .max(
            Comparator.<OpinionRule>comparingInt(rule -> rule.group() == null ? 0 : 1)
                .thenComparingInt(rule -> rule.band() == null ? 0 : 1))
        .filter(rule -> random.nextDouble() < rule.share())
        .map(OpinionRule::opinions)
        .orElse(1);
  }

  /// A confidence as the queue has it: 0 to 100, two decimals.
  public static BigDecimal percentage(BigDecimal zeroToOne) {
    return zeroToOne.movePointRight(2).setScale(2, java.math.RoundingMode.FLOOR);
  }
}
