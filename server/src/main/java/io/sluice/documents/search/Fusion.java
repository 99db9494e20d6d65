package io.sluice.documents.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weighted reciprocal rank fusion: a chunk scores `weight / (rankConstant + rank)` in each leg
/// that found it.
///
/// How much each leg deserves depends on the embedding model: equal parts suit a good one, a weak
/// one drags good keyword results down and wants less weight.
public record Fusion(double keywordWeight, double vectorWeight, int rankConstant) {

  /// For sentence encoders.
  public static final Fusion EQUAL = new Fusion(1, 1, 60);

  /// For hashed words, whose vectors know little that the keywords do not.
  public static final Fusion KEYWORDS_FIRST = new Fusion(3, 1, 10);

  public Fusion {
    if (keywordWeight < 0 || vectorWeight < 0 || rankConstant < 1) {
      throw new IllegalArgumentException(
          "weights must not be negative, nor the rank constant below 1");
    }
  }

  record Fused(
      int doc, double score, @Nullable Integer keywordRank, @Nullable Integer vectorRank) {}

  /// Both legs as document numbers, best first. Ties go to the keyword leg's order, then to the
  /// vector leg's.
  List<Fused> fuse(List<Integer> keyword, List<Integer> vector, int limit) {
    Map<Integer, Integer> keywordRanks = ranks(keyword);
    Map<Integer, Integer> vectorRanks = ranks(vector);
    var docs = new LinkedHashMap<Integer, Fused>();
    for (List<Integer> leg : List.of(keyword, vector)) {
      for (int doc : leg) {
        Integer k = keywordRanks.get(doc);
        Integer v = vectorRanks.get(doc);
        docs.put(doc, new Fused(doc, part(keywordWeight, k) + part(vectorWeight, v), k, v));
      }
    }
    List<Fused> fused = new ArrayList<>(docs.values());
    fused.sort(Comparator.comparingDouble(Fused::score).reversed());
    return fused.subList(0, Math.min(limit, fused.size()));
  }

  private double part(double weight, @Nullable Integer rank) {
    return rank == null ? 0 : weight / (rankConstant + rank);
  }

  private static Map<Integer, Integer> ranks(List<Integer> docs) {
    Map<Integer, Integer> ranks = new LinkedHashMap<>();
    for (int doc : docs) {
      ranks.put(doc, ranks.size() + 1);
    }
    return ranks;
  }
}
