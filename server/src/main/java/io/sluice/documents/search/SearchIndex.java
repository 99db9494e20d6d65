package io.sluice.documents.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/// One generation of the search index, in one directory, open in one process. Safe for use by many
/// threads.
///
/// After an `UncheckedIOException` (a full disk, most often) the index should be closed and opened
/// again; it then stands at its last committed batch.
public final class SearchIndex implements AutoCloseable {

  /// Graph search is only as thorough as the number it is asked for, so that few are never asked
  /// for.
  private static final int MIN_CANDIDATES = 50;

  private final String generation;
  private final Fusion fusion;
  private final IndexWriter writer;
  private final Directory directory;
  private final SearcherManager searchers;
  private final KeywordLeg keywords;
  private final VectorLeg vectors;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile String cursor;

  private SearchIndex(String generation, Fusion fusion, IndexWriter writer, Analyzer analyzer)
      throws IOException {
    this.generation = generation;
    this.fusion = fusion;
    this.writer = writer;
    this.directory = writer.getDirectory();
    this.searchers = new SearcherManager(writer, new SearcherFactory());
    this.keywords = new KeywordLeg(analyzer);
    this.vectors = new VectorLeg(VectorLeg.EXACT_UP_TO);
    this.cursor = committedCursor(writer);
  }

  public static SearchIndex open(Path directory, String generation) {
    return open(directory, generation, Fusion.EQUAL);
  }

  /// @throws IllegalStateException if the index is open elsewhere
  public static SearchIndex open(Path directory, String generation, Fusion fusion) {
    String full = generation + "/" + ChunkFields.LAYOUT;
    Analyzer analyzer = new EnglishAnalyzer();
    try {
      IndexWriter writer = IndexDirectory.open(directory, full, analyzer);
      return new SearchIndex(full, fusion, writer, analyzer);
    } catch (IOException e) {
      throw new UncheckedIOException("the search index in " + directory + " cannot be opened", e);
    }
  }

  private static String committedCursor(IndexWriter writer) {
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) {
      for (Map.Entry<String, String> entry : data) {
        if (entry.getKey().equals(IndexDirectory.CURSOR)) {
          return entry.getValue();
        }
      }
    }
    return "";
  }

  /// The cursor of the last batch that was applied; empty if there was none.
  public String cursor() {
    return cursor;
  }

  /// Returns once the batch and its cursor are on disk together, and searches see them.
  public void apply(IndexBatch batch) {
    writing.lock();
    try {
      writer.deleteDocuments(
          batch.deletedChunks().stream().map(ChunkFields::chunkTerm).toArray(Term[]::new));
      writer.deleteDocuments(
          batch.deletedDocuments().stream().map(ChunkFields::documentTerm).toArray(Term[]::new));
      for (IndexedChunk chunk : batch.upserts()) {
        writer.updateDocument(ChunkFields.chunkTerm(chunk.chunkId()), ChunkFields.write(chunk));
      }
      commit(batch.cursor());
    } catch (IOException e) {
      throw new UncheckedIOException("the search index cannot be written", e);
    } finally {
      writing.unlock();
    }
  }

  /// Deletes everything and goes back to the empty cursor, from which the index is then fed anew.
  public void rebuild() {
    writing.lock();
    try {
      writer.deleteAll();
      commit("");
    } catch (IOException e) {
      throw new UncheckedIOException("the search index cannot be emptied", e);
    } finally {
      writing.unlock();
    }
  }

  private void commit(String to) throws IOException {
    writer.setLiveCommitData(
        Map.of(IndexDirectory.GENERATION, generation, IndexDirectory.CURSOR, to).entrySet());
    writer.commit();
    cursor = to;
    searchers.maybeRefreshBlocking();
  }

  /// How many chunks are indexed, of all tenants.
  public int count() {
    return search(searcher -> searcher.getIndexReader().numDocs());
  }

  public List<SearchHit> search(SearchRequest request) {
    return search(searcher -> search(searcher, request));
  }

  private List<SearchHit> search(IndexSearcher searcher, SearchRequest request) throws IOException {
    int k = Math.max(MIN_CANDIDATES, request.limit());
    Query filter = filter(request);
    List<Integer> byWords = keywords.search(searcher, request.query(), filter, k);
    float[] vector = request.vector();
    List<Integer> byVector =
        vector == null ? List.of() : vectors.search(searcher, vector, filter, k);
    var snippets = new SnippetMaker(keywords, request.query());
    StoredFields stored = searcher.storedFields();
    List<SearchHit> hits = new ArrayList<>();
    for (Fusion.Fused fused : fusion.fuse(byWords, byVector, request.limit())) {
      hits.add(hit(fused, stored.document(fused.doc()), snippets));
    }
    return hits;
  }

  private static Query filter(SearchRequest request) {
    Query tenant = new TermQuery(new Term(ChunkFields.TENANT, request.tenantId().toString()));
    if (request.documents().isEmpty()) {
      return tenant;
    }
    List<BytesRef> ids = new ArrayList<>();
    for (UUID document : request.documents()) {
      ids.add(new BytesRef(document.toString()));
    }
    return new BooleanQuery.Builder()
        .add(tenant, Occur.FILTER)
        .add(new TermInSetQuery(ChunkFields.DOCUMENT, ids), Occur.FILTER)
        .build();
  }

  private static SearchHit hit(Fusion.Fused fused, Document fields, SnippetMaker snippets) {
    String text = ChunkFields.text(fields);
    return new SearchHit(
        ChunkFields.documentId(fields),
        ChunkFields.chunkId(fields),
        fused.score(),
        fused.keywordRank(),
        fused.vectorRank(),
        ChunkFields.place(fields),
        text,
        snippets.of(text));
  }

  private interface Reading<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  private <T> T search(Reading<T> reading) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return reading.with(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the search index cannot be read", e);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try (directory;
        writer;
        searchers) {
      // Every batch is committed already. What a failed one left in memory goes.
      if (writer.isOpen()) {
        writer.rollback();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the search index cannot be closed", e);
    } finally {
      writing.unlock();
    }
  }
}
