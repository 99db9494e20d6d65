package io.sluice.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.documents.search.Snippet.Highlight;
import io.sluice.providers.embeddings.HashingEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {

  private static final UUID TENANT = new UUID(1, 1);
  private static final UUID OTHER_TENANT = new UUID(1, 2);
  private static final UUID DOCUMENT = new UUID(2, 1);
  private static final Place PLACE = new Place(10, 90, 3, 4, List.of("Pumps", "Parts"));

  @TempDir Path directory;
  private SearchIndex index;

  @BeforeEach
  void open() {
    index = SearchIndex.open(directory, "test-1");
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static UUID id(int n) {
    return new UUID(3, n);
  }

  private static IndexedChunk chunk(int n, String text, float... vector) {
    return new IndexedChunk(TENANT, DOCUMENT, id(n), text, "Manual > Pumps", PLACE, vector);
  }

  private List<SearchHit> find(String query, float @Nullable [] vector) {
    return index.search(new SearchRequest(TENANT, query, vector, 10, Set.of()));
  }

  private static List<UUID> ids(List<SearchHit> hits) {
    return hits.stream().map(SearchHit::chunkId).toList();
  }

  @Test
  void findsByWordsAlone() {
    index.apply(
        IndexBatch.of(
            List.of(chunk(1, "The valve opens slowly.", 1, 0), chunk(2, "Oil and water.", 0, 1)),
            "7"));
    SearchHit hit = find("valves unknownword (\"* AND", null).getFirst();
    assertThat(hit.chunkId()).isEqualTo(id(1));
    assertThat(hit.documentId()).isEqualTo(DOCUMENT);
    assertThat(hit.keywordRank()).isEqualTo(1);
    assertThat(hit.vectorRank()).isNull();
    assertThat(hit.place()).isEqualTo(PLACE);
    assertThat(hit.snippet().highlights()).containsExactly(new Highlight(4, 9));
    assertThat(hit.snippet().text().substring(4, 9)).isEqualTo("valve");
    assertThat(ids(find("pump", null)))
        .as("headings count too")
        .containsExactlyInAnyOrder(id(1), id(2));
  }

  @Test
  void findsByVectorAlone() {
    index.apply(IndexBatch.of(List.of(chunk(1, "alpha", 5, 0.5f), chunk(2, "beta", 0, 1)), "7"));
    List<SearchHit> hits = find("", new float[] {0.1f, 3});
    assertThat(ids(hits)).containsExactly(id(2), id(1));
    assertThat(hits.getFirst().keywordRank()).isNull();
    assertThat(hits.getFirst().vectorRank()).isEqualTo(1);
    assertThat(hits.getFirst().snippet().highlights()).isEmpty();
    assertThatThrownBy(() -> find("", new float[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Chunk 1 is second in both legs and first in none; each leg alone puts another chunk first.
  @Test
  void fusionBeatsEachLeg() {
    index.apply(
        IndexBatch.of(
            List.of(
                chunk(1, "reset the password of an account today", 0.9f, 0.4f),
                chunk(2, "password password reset reset", -1, 0.1f),
                chunk(3, "credentials may be changed in the portal", 1, 0.1f),
                chunk(4, "an account of nothing", -0.9f, 0.2f),
                chunk(5, "oil", 0.2f, 1)),
            "7"));
    float[] vector = {1, 0};
    assertThat(find("reset password", null).getFirst().chunkId()).isEqualTo(id(2));
    assertThat(find("", vector).getFirst().chunkId()).isEqualTo(id(3));
    SearchHit fused = find("reset password", vector).getFirst();
    assertThat(fused.chunkId()).isEqualTo(id(1));
    assertThat(List.of(fused.keywordRank(), fused.vectorRank())).containsExactly(2, 2);
  }

  @Test
  void tenantSeesOnlyItsOwn() {
    var theirs =
        new IndexedChunk(OTHER_TENANT, DOCUMENT, id(9), "valve", "", PLACE, new float[] {1, 0});
    var crowd =
        new ArrayList<IndexedChunk>(List.of(chunk(1, "a valve, far away in the text", 0.1f, 1)));
    for (int i = 0; i < 200; i++) {
      crowd.add(
          new IndexedChunk(
              OTHER_TENANT,
              DOCUMENT,
              id(1000 + i),
              "valve valve",
              "",
              PLACE,
              new float[] {1, 0.01f * i}));
    }
    crowd.add(theirs);
    index.apply(IndexBatch.of(crowd, "7"));
    assertThat(ids(find("valve", new float[] {1, 0}))).containsExactly(id(1));
    assertThat(
            index.search(
                new SearchRequest(new UUID(8, 8), "valve", new float[] {1, 0}, 10, Set.of())))
        .isEmpty();
    assertThat(
            index.search(
                new SearchRequest(TENANT, "valve", new float[] {1, 0}, 10, Set.of(new UUID(5, 5)))))
        .isEmpty();
    assertThat(index.search(new SearchRequest(TENANT, "valve", null, 10, Set.of(DOCUMENT))))
        .hasSize(1);
  }

  @Test
  void replacesAndDeletes() {
    index.apply(IndexBatch.of(List.of(chunk(1, "old", 1, 0), chunk(2, "kept", 0, 1)), "1"));
    index.apply(IndexBatch.of(List.of(chunk(1, "new", 1, 0)), "2"));
    assertThat(index.count()).isEqualTo(2);
    assertThat(find("old", null)).isEmpty();
    assertThat(find("new", null)).hasSize(1);
    index.apply(new IndexBatch(List.of(), List.of(id(1)), List.of(), "3"));
    assertThat(ids(find("new old", new float[] {1, 0}))).containsExactly(id(2));
    index.apply(
        new IndexBatch(List.of(chunk(5, "replacement", 1, 0)), List.of(), List.of(DOCUMENT), "4"));
    assertThat(ids(find("kept replacement", new float[] {1, 0}))).containsExactly(id(5));
  }

  @Test
  void reopensAtItsCursor() {
    assertThat(index.cursor()).isEmpty();
    index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0)), "771:12"));
    index.apply(IndexBatch.of(List.of(), "780:1"));
    index.close();
    index = SearchIndex.open(directory, "test-1");
    assertThat(index.cursor()).isEqualTo("780:1");
    assertThat(find("valve", null)).hasSize(1);
    index.rebuild();
    assertThat(index.cursor()).isEmpty();
    assertThat(index.count()).isZero();
  }

  @Test
  void startsEmptyInAnotherGeneration() {
    index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0)), "5"));
    index.close();
    index = SearchIndex.open(directory, "test-2");
    assertThat(index.cursor()).isEmpty();
    index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0, 0)), "1"));
    assertThat(find("valve", new float[] {0, 0, 1})).hasSize(1);
  }

  @Test
  void startsEmptyWhenDamaged() throws IOException {
    for (String kind : List.of("segments_", ".si", ".cfs")) {
      index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0)), "5"));
      index.close();
      damage(kind);
      Path foreign = Files.writeString(directory.resolve("notes.txt"), "not ours");
      index = SearchIndex.open(directory, "test-1");
      assertThat(index.cursor()).as("damaged %s", kind).isEmpty();
      assertThat(index.count()).isZero();
      assertThat(foreign).exists();
    }
    index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0)), "6"));
    assertThat(find("valve", new float[] {1, 0})).hasSize(1);
  }

  private void damage(String part) throws IOException {
    int damaged = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> String.valueOf(f.getFileName()).contains(part)).toList()) {
        damaged++;
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8, (byte) 0x5A);
        Files.write(file, bytes);
      }
    }
    assertThat(damaged).isPositive();
  }

  @Test
  void startsEmptyWhenCommitIsMissing() throws IOException {
    index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0)), "5"));
    index.close();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(f -> String.valueOf(f.getFileName()).startsWith("segments")).toList()) {
        Files.delete(file);
      }
    }
    index = SearchIndex.open(directory, "test-1");
    assertThat(index.cursor()).isEmpty();
    assertThat(index.count()).isZero();
  }

  @Test
  void leavesOpenIndexAlone() {
    index.apply(IndexBatch.of(List.of(chunk(1, "valve", 1, 0)), "5"));
    assertThatThrownBy(() -> SearchIndex.open(directory, "test-2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open in another process");
    assertThat(find("valve", null)).hasSize(1);
  }

  @Test
  void takesVectorsOf1536Dimensions() {
    var model = new HashingEmbeddings();
    var texts = List.of("the pump needs oil", "invoices are due in May");
    List<float[]> vectors = model.embed(texts);
    index.apply(
        IndexBatch.of(
            List.of(chunk(1, texts.get(0), vectors.get(0)), chunk(2, texts.get(1), vectors.get(1))),
            "1"));
    index.close();
    index = SearchIndex.open(directory, "test-1", Fusion.KEYWORDS_FIRST);
    String query = "oiling pumps";
    assertThat(find(query, model.embed(List.of(query)).getFirst()).getFirst().chunkId())
        .isEqualTo(id(1));
  }

  /// Above the threshold of exact comparison the graph answers; it has to agree with the exact
  /// answer nearly always.
  @Test
  void graphAgreesWithExactComparison() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var chunks = new ArrayList<IndexedChunk>();
    for (int i = 0; i < 3000; i++) {
      chunks.add(chunk(i, "text", random(random)));
    }
    index.apply(IndexBatch.of(chunks, "1"));
    index.close();
    try (var lucene = FSDirectory.open(directory);
        var reader = DirectoryReader.open(lucene)) {
      var searcher = new IndexSearcher(reader);
      var all = MatchAllDocsQuery.INSTANCE;
      int agreed = 0;
      for (int i = 0; i < 20; i++) {
        float[] query = random(random);
        var exact =
            new VectorLeg(Integer.MAX_VALUE).search(searcher, query, all, 50).subList(0, 10);
        var graph = new VectorLeg(0).search(searcher, query, all, 50).subList(0, 10);
        agreed += (int) exact.stream().filter(graph::contains).count();
      }
      assertThat(agreed).as("of 200, seed %d", seed).isGreaterThan(180);
    }
  }

  private static float[] random(Random random) {
    float[] vector = new float[24];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
