package io.sluice.review.model;

import static io.sluice.review.Verdict.EDGE_CASE;
import static io.sluice.review.Verdict.FAIL;
import static io.sluice.review.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.review.Agreement;
import io.sluice.review.Calibration;
import io.sluice.review.Calibration.Judged;
import io.sluice.review.Calibration.Wanted;
import io.sluice.review.Interval;
import io.sluice.review.Reviews.OpinionRule;
import io.sluice.review.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void theOnlyOpinionIsTheVerdict() {
    assertThat(Majority.of(List.of(FAIL), 1)).contains(FAIL);
  }

  @Test
  void asManyOpinionsAsWantedAreAwaitedAndDisagreementAsksForAnother() {
    assertThat(Majority.of(List.of(PASS), 2)).isEmpty();
    assertThat(Majority.of(List.of(PASS, PASS), 2)).contains(PASS);
    assertThat(Majority.of(List.of(PASS, FAIL), 2)).isEmpty();
    assertThat(Majority.of(List.of(PASS, FAIL, FAIL), 2)).contains(FAIL);
    assertThat(Majority.of(List.of(PASS, FAIL, EDGE_CASE, PASS, FAIL), 2)).contains(EDGE_CASE);
  }

  @Test
  void theMostSpecialRuleDecidesHowManyAreAsked() {
    var rules =
        List.of(
            new OpinionRule(null, null, 1, 2),
            new OpinionRule("smoke", null, 1, 3),
            new OpinionRule("smoke", "auto_fail", 0, 5));
    var random = new Random(1);
    assertThat(Opinions.wanted(rules, "other", 5, random)).isEqualTo(2);
    assertThat(Opinions.wanted(rules, "smoke", 5, random)).isEqualTo(3);
    assertThat(Opinions.wanted(rules, "smoke", 2, random)).isEqualTo(1);
    assertThat(Opinions.wanted(List.of(), "smoke", 2, random)).isEqualTo(1);
  }

  /// Cohen 1960, table 1 as proportions of 200: observed 0.70, by chance 0.41, kappa 0.492.
  @Test
  void kappaIsThatOfTheTextbook() {
    int[][] table = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
    var verdicts = Verdict.values();
    var pairs = new ArrayList<Agreement.Pair>();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int n = 0; n < table[i][j]; n++) {
          pairs.add(new Agreement.Pair(verdicts[i], verdicts[j]));
        }
      }
    }
    var agreement = Agreement.of(pairs);
    assertThat(agreement.items()).isEqualTo(200);
    assertThat(agreement.observed()).isCloseTo(0.70, within(0.001));
    assertThat(agreement.kappa()).isCloseTo(0.492, within(0.001));
  }

  @Test
  void kappaSaysNothingWhereChanceAloneAgreesAlways() {
    assertThat(Agreement.of(List.of(new Agreement.Pair(PASS, PASS))).kappa()).isNull();
    assertThat(Agreement.of(List.of()).items()).isZero();
  }

  /// 8 of 10: Wilson's interval is 0.490 to 0.943.
  @Test
  void theIntervalIsWilsons() {
    var interval = Interval.of(8, 10);
    assertThat(interval.low()).isCloseTo(0.490, within(0.001));
    assertThat(interval.high()).isCloseTo(0.943, within(0.001));
    assertThat(Interval.of(0, 0).high()).isEqualTo(1);
  }

  @Test
  void theRecommendedThresholdKeepsToTheWantedErrorRate() {
    // Right from 0.8 on, wrong below.
    var judged = new ArrayList<Judged>();
    for (int i = 0; i < 100; i++) {
      double confidence = 0.5 + i * 0.005;
      judged.add(new Judged(confidence, "needs_review", confidence >= 0.8 ? PASS : FAIL));
    }
    judged.add(new Judged(0.9, "needs_review", EDGE_CASE));
    var calibration = Calibration.of(judged, new Wanted(0.75, 0.4, 0.05));
    assertThat(calibration.items()).isEqualTo(100);
    var upper = calibration.autoPass();
    assertThat(upper).isNotNull();
    // 40 right above 0.8; the bound allows (wrong + 1) / (n + 1) = 0.05, which is one wrong of 41.
    assertThat(upper.threshold()).isCloseTo(0.795, within(0.0001));
    assertThat(upper.errors().share()).isLessThan(0.05);
    assertThat(upper.reviewsNow()).isEqualTo(50);
    assertThat(upper.reviews()).isEqualTo(59);
    var lower = calibration.needsReview();
    assertThat(lower).isNotNull();
    assertThat(lower.threshold()).isBetween(0.79, 0.82);
    assertThat(calibration.bands().get(9).right().share()).isEqualTo(1);
    assertThat(calibration.bands().get(5).right().share()).isZero();
  }

  @Test
  void tooFewVerdictsRecommendNothing() {
    var calibration =
        Calibration.of(List.of(new Judged(0.9, "auto_pass", PASS)), new Wanted(0.75, 0.4, 0.02));
    assertThat(calibration.autoPass()).isNull();
    assertThat(calibration.needsReview()).isNull();
  }
}
