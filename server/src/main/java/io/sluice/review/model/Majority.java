package io.sluice.review.model;

import io.sluice.review.Verdict;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/// What several opinions come to.
public final class Majority {
  /// So many reviewers are asked at the most; then it is an edge case.
  private static final int MOST = 5;

  private Majority() {}

  /// The verdict: more than half of the opinions agree, and as many as were wanted have been given.
  /// Where they do not agree another one is asked for; where five do not, it is an edge case.
  ///
  /// @return empty while another opinion is needed
  public static Optional<Verdict> of(List<Verdict> opinions, int wanted) {
    if (opinions.size() < wanted) {
      return Optional.empty();
    }
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    opinions.forEach(v -> counts.merge(v, 1, Integer::sum));
    var most = Collections.max(counts.entrySet(), java.util.Map.Entry.comparingByValue());
    if (2 * most.getValue() > opinions.size()) {
      return Optional.of(most.getKey());
    }
    return opinions.size() < MOST ? Optional.empty() : Optional.of(Verdict.EDGE_CASE);
  }
}
