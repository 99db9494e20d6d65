package io.sluice.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What verdicts teach about confidences: how often each band was right, and where the thresholds
/// should lie for a wanted error rate. Edge cases teach nothing and are left out.
///
/// @param items judged
/// @param bands ten of them, from 0 to 1
/// @param confusion what the machine made of items against what people said
/// @param autoPass recommended; null if no threshold keeps to the wanted rate
/// @param needsReview recommended; null likewise
public record Calibration(
    int items,
    List<Band> bands,
    List<Confusion> confusion,
    @Nullable Recommendation autoPass,
    @Nullable Recommendation needsReview) {
  private static final int BANDS = 10;

  /// An item that people have judged.
  ///
  /// @param confidence 0 to 1
  /// @param status what the machine made of it
  public record Judged(double confidence, String status, Verdict verdict) {
    boolean right() {
      return verdict == Verdict.PASS;
    }
  }

  /// A band of confidence.
  ///
  /// @param right how many people found right
  public record Band(double from, double to, Interval right) {}

  /// How often people said something of what the machine gave a status.
  public record Confusion(String status, Verdict verdict, long count) {}

  /// A threshold.
  ///
  /// @param threshold 0 to 1
  /// @param errors of the items beyond it, those that it would treat wrongly
  /// @param reviews items between the thresholds, if this were the only one to change
  /// @param reviewsNow items between the present ones
  public record Recommendation(double threshold, Interval errors, long reviews, long reviewsNow) {}

  /// The present thresholds and the wanted error rate.
  ///
  /// @param errorRate 0 to 1
  public record Wanted(double autoPass, double needsReview, double errorRate) {}

  /// Learns from verdicts.
  public static Calibration of(List<Judged> all, Wanted wanted) {
    var judged = all.stream().filter(j -> j.verdict() != Verdict.EDGE_CASE).toList();
    return new Calibration(
        judged.size(), bands(judged), confusion(all), upper(judged, wanted), lower(judged, wanted));
  }

  private static List<Band> bands(List<Judged> judged) {
    var out = new ArrayList<Band>();
    for (int i = 0; i < BANDS; i++) {
      int band = i;
      var inside =
          judged.stream()
              .filter(
                  j -> Math.min(BANDS - 1, (int) Math.floor(j.confidence() * BANDS + 1e-9)) == band)
              .toList();
      long right = inside.stream().filter(Judged::right).count();
      out.add(
          new Band(
              (double) i / BANDS, (double) (i + 1) / BANDS, Interval.of(right, inside.size())));
    }
    return out;
  }

  private static List<Confusion> confusion(List<Judged> all) {
    var out = new ArrayList<Confusion>();
    for (var status : List.of("auto_pass", "needs_review", "auto_fail")) {
      for (var verdict : Verdict.values()) {
        long count =
            all.stream().filter(j -> j.status().equals(status) && j.verdict() == verdict).count();
        out.add(new Confusion(status, verdict, count));
      }
    }
    return out;
  }

  /// The smallest threshold t for which (wrong at t or above + 1) / (items at t or above + 1) keeps
  /// to the wanted rate: the bound of split conformal risk control, which holds for the next item
  /// too.
  private static @Nullable Recommendation upper(List<Judged> judged, Wanted wanted) {
    var sorted =
        judged.stream().sorted(Comparator.comparingDouble(Judged::confidence).reversed()).toList();
    @Nullable Recommendation best = null;
    long wrong = 0;
    for (int i = 0; i < sorted.size(); i++) {
      wrong += sorted.get(i).right() ? 0 : 1;
      if (!lastOfItsKind(sorted, i) || (wrong + 1.0) / (i + 2) > wanted.errorRate()) {
        continue;
      }
      double t = sorted.get(i).confidence();
      best =
          new Recommendation(
              t,
              Interval.of(wrong, i + 1),
              between(judged, wanted.needsReview(), t),
              between(judged, wanted.needsReview(), wanted.autoPass()));
    }
    return best;
  }

  /// The largest threshold below which as few are right as the wanted rate allows.
  private static @Nullable Recommendation lower(List<Judged> judged, Wanted wanted) {
    var sorted = judged.stream().sorted(Comparator.comparingDouble(Judged::confidence)).toList();
    @Nullable Recommendation best = null;
    long right = 0;
    for (int i = 0; i < sorted.size(); i++) {
      right += sorted.get(i).right() ? 1 : 0;
      if (!lastOfItsKind(sorted, i) || (right + 1.0) / (i + 2) > wanted.errorRate()) {
        continue;
      }
      double t = i + 1 < sorted.size() ? sorted.get(i + 1).confidence() : 1;
      best =
          new Recommendation(
              t,
              Interval.of(right, i + 1),
              between(judged, t, wanted.autoPass()),
              between(judged, wanted.needsReview(), wanted.autoPass()));
    }
    return best;
  }

  private static boolean lastOfItsKind(List<Judged> sorted, int at) {
    return at + 1 == sorted.size()
        || sorted.get(at + 1).confidence() != sorted.get(at).confidence();
  }

  private static long between(List<Judged> judged, double from, double to) {
    return judged.stream().filter(j -> j.confidence() >= from && j.confidence() < to).count();
  }
}
