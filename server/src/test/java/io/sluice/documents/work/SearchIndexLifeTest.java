package io.sluice.documents.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.documents.search.IndexBatch;
import io.sluice.documents.search.IndexedChunk;
import io.sluice.documents.search.Place;
import io.sluice.documents.search.SearchHit;
import io.sluice.documents.search.SearchIndex;
import io.sluice.documents.search.SearchRequest;
import io.sluice.documents.store.ChunkStore;
import io.sluice.documents.store.DocumentStore;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.platform.SluiceSettings;
import io.sluice.providers.EmbeddingModel;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// A second index beside the server's own, on the same database.
class SearchIndexLifeTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final UUID TENANT = TenantId.DEFAULT.value();

  @TempDir Path data;
  private SearchFollower follower;
  private String document;

  @BeforeEach
  void open() {
    document =
        HTTP.ingested("index.md", "# Birds\n\nThe quokkabird " + UUID.randomUUID() + " sings.")
            .get("id")
            .asString();
    follower = follower();
    assertFinds(true);
  }

  @AfterEach
  void close() {
    follower.close();
    HTTP.delete("/api/v1/documents/" + document);
  }

  private SearchFollower follower() {
    var context = SharedServer.context();
    return new SearchFollower(
        new SluiceSettings(
            data,
            null,
            null,
            1,
            DataSize.ofMegabytes(1),
            1,
            1,
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            List.of()),
        context.getBean(ChunkStore.class),
        context.getBean(DocumentStore.class),
        context.getBean(Operations.class),
        context.getBean(EmbeddingModel.class));
  }

  private List<SearchHit> find() {
    return follower.search(new SearchRequest(TENANT, "quokkabird", null, 10, Set.of()));
  }

  /// What is committed can be found as soon as no older transaction runs any more.
  private void assertFinds(boolean there) {
    Await.until(
        "found: " + there,
        Duration.ofSeconds(10),
        () -> find().stream().anyMatch(h -> h.documentId().toString().equals(document)) == there);
  }

  private void assertIsWhole() {
    Await.until(
        "every chunk of the database is indexed",
        Duration.ofSeconds(10),
        () ->
            HTTP.rows("select count(*) from sluice.document_chunks")
                .equals(List.of(List.of(Integer.toString(follower.count())))));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(data.resolve("search"))) {
      return files.filter(f -> !f.getFileName().toString().equals("write.lock")).toList();
    }
  }

  @Test
  void isMadeAnewWhenItsDirectoryIsGone() throws IOException {
    follower.close();
    for (var file : files()) {
      Files.delete(file);
    }
    follower = follower();
    assertFinds(true);
    assertIsWhole();
  }

  @Test
  void isMadeAnewWhenItIsDamaged() throws IOException {
    follower.close();
    for (var file : files()) {
      var bytes = Files.readAllBytes(file);
      for (int i = bytes.length / 3; i < bytes.length * 2 / 3; i++) {
        bytes[i] ^= 0x55;
      }
      Files.write(file, bytes);
    }
    follower = follower();
    assertFinds(true);
    assertIsWhole();
  }

  @Test
  void isMadeAnewWhenItBelongsToAnotherDatabase() {
    follower.close();
    try (var foreign = SearchIndex.open(data.resolve("search"), UUID.randomUUID() + "/other/1")) {
      foreign.apply(
          IndexBatch.of(
              List.of(
                  new IndexedChunk(
                      TENANT,
                      new UUID(9, 9),
                      new UUID(9, 9),
                      "a quokkabird of somebody else",
                      "",
                      new Place(0, 5, null, null, List.of()),
                      new float[] {1, 0})),
              "1:1"));
    }
    follower = follower();
    assertFinds(true);
    assertThat(find()).noneMatch(h -> h.documentId().equals(new UUID(9, 9)));
    assertIsWhole();
  }

  @Test
  void isOpenedAgainWhenItsFilesVanishUnderIt() throws IOException {
    for (var file : files()) {
      Files.delete(file);
    }
    HTTP.delete("/api/v1/documents/" + document);
    document =
        HTTP.ingested("index-2.md", "Another quokkabird " + UUID.randomUUID() + ".")
            .get("id")
            .asString();
    assertFinds(true);
    assertIsWhole();
  }

  @Test
  void followsDeletesWhetherItIsOpenOrNot() {
    HTTP.delete("/api/v1/documents/" + document);
    assertFinds(false);
    document =
        HTTP.ingested("index-3.md", "A third quokkabird " + UUID.randomUUID() + ".")
            .get("id")
            .asString();
    assertFinds(true);
    follower.close();
    HTTP.delete("/api/v1/documents/" + document);
    follower = follower();
    assertFinds(false);
    assertIsWhole();
  }
}
