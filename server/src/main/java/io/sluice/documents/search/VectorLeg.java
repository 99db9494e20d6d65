package io.sluice.documents.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/// The nearest vectors. Where the filter leaves few enough, all of them are compared, which takes a
/// few milliseconds and misses nothing; above, the graph is asked.
final class VectorLeg {

  static final int EXACT_UP_TO = 20_000;

  /// Best first, and of equals the lower document number.
  private static final Comparator<ScoreDoc> BEST_FIRST =
      Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score).thenComparingInt(hit -> hit.doc);

  private final int exactUpTo;

  VectorLeg(int exactUpTo) {
    this.exactUpTo = exactUpTo;
  }

  List<Integer> search(IndexSearcher searcher, float[] vector, Query filter, int k)
      throws IOException {
    float[] unit = ChunkFields.unit(vector);
    List<ScoreDoc> hits =
        searcher.count(filter) <= exactUpTo
            ? exact(searcher, unit, filter, k)
            : List.of(
                searcher.search(new KnnFloatVectorQuery(ChunkFields.VECTOR, unit, k, filter), k)
                    .scoreDocs);
    return hits.stream().map(hit -> hit.doc).toList();
  }

  private static List<ScoreDoc> exact(IndexSearcher searcher, float[] vector, Query filter, int k)
      throws IOException {
    var best = new PriorityQueue<ScoreDoc>(k + 1, BEST_FIRST.reversed());
    Weight weight =
        searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(ChunkFields.VECTOR);
      Scorer scorer = weight.scorer(leaf);
      if (vectors == null || scorer == null) {
        continue;
      }
      if (vectors.dimension() != vector.length) {
        throw new IllegalArgumentException(
            "the query's vector has %d dimensions, the index %d"
                .formatted(vector.length, vectors.dimension()));
      }
      collect(leaf, vectors.scorer(vector), scorer, k, best);
    }
    List<ScoreDoc> hits = new ArrayList<>(best);
    Collections.sort(hits, BEST_FIRST);
    return hits;
  }

  private static void collect(
      LeafReaderContext leaf,
      @Nullable VectorScorer similarity,
      Scorer filter,
      int k,
      PriorityQueue<ScoreDoc> best)
      throws IOException {
    if (similarity == null) {
      return;
    }
    Bits live = leaf.reader().getLiveDocs();
    DocIdSetIterator docs =
        ConjunctionUtils.intersectIterators(List.of(filter.iterator(), similarity.iterator()));
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      if (live == null || live.get(doc)) {
        best.add(new ScoreDoc(leaf.docBase + doc, similarity.score()));
        if (best.size() > k) {
          best.remove();
        }
      }
    }
  }
}
