package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.documents.Stage;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.SharedServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DocumentsHttpTest {
  private static final Calls HTTP = SharedServer.calls();

  private static String manual(String subject) {
    var text = new StringBuilder("# Manual of the " + subject + "\n\n");
    for (int i = 1; i <= 12; i++) {
      text.append("## Part ").append(i).append("\n\n");
      text.append(
          ("The " + subject + " number " + i + " has a valve, a lever and a lamp. ").repeat(12));
      text.append("\n\n");
    }
    return text.toString();
  }

  @Test
  void takesADocumentThroughItsNineStages() {
    var document = HTTP.ingested("windlass.md", manual("windlass"));
    assertThat(document.get("status").asString()).as(document.toString()).isEqualTo("completed");
    assertThat(document.get("stage").asString()).isEqualTo("embedded");
    assertThat(document.get("chunks").asInt()).isGreaterThan(3);
    assertThat(document.get("progressDone")).isEqualTo(document.get("progressTotal"));

    var job = HTTP.job(document);
    assertThat(Calls.stages(job)).containsExactly(Stage.names());
    assertThat(job.get("state").asString()).isEqualTo("done");
    var announced =
        HTTP.rows(
            "select payload ->> 'stage' from events where job_id = '"
                + job.get("id").asString()
                + "' and type = 'stage_done' order by ts, event_id");
    assertThat(announced).extracting(List::getFirst).containsExactlyInAnyOrder(Stage.names());
  }

  @Test
  void placesEveryChunkInTheCanonicalText() {
    var document = HTTP.ingested("capstan.md", manual("capstan") + "\nSmörgåsbord 🚢 at sea.\n");
    var id = document.get("id").asString();
    var content = HTTP.get("/api/v1/documents/" + id + "/content");
    assertThat(content.type()).startsWith("text/markdown");
    var chunks = HTTP.get("/api/v1/documents/" + id + "/chunks?limit=200").json(200).get("items");
    assertThat(chunks.size()).isEqualTo(document.get("chunks").asInt());
    for (var chunk : chunks.values()) {
      int start = chunk.get("start").asInt();
      int end = chunk.get("end").asInt();
      assertThat(chunk.get("text").asString()).isEqualTo(content.body().substring(start, end));
      assertThat(chunk.get("vectorDim").asInt()).isEqualTo(384);
    }
  }

  @Test
  void pagesThroughChunksAndDocuments() {
    var document = HTTP.ingested("pulley.md", manual("pulley"));
    var chunks = "/api/v1/documents/" + document.get("id").asString() + "/chunks";
    assertThat(all(chunks, 2)).hasSize(document.get("chunks").asInt()).doesNotHaveDuplicates();
    HTTP.ingested("pulley-2.md", "Another text about a pulley.");
    HTTP.ingested("pulley-3.md", "A third text about a pulley.");
    var documents = all("/api/v1/documents", 2);
    assertThat(documents).hasSizeGreaterThan(2).doesNotHaveDuplicates();
    assertThat(documents).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  private static List<String> all(String path, int limit) {
    var ids = new java.util.ArrayList<String>();
    var cursor = "";
    while (true) {
      var page = HTTP.get(path + "?limit=" + limit + cursor).json(200);
      assertThat(page.get("items").size()).isLessThanOrEqualTo(limit);
      page.get("items").values().forEach(i -> ids.add(i.get("id").asString()));
      if (!page.has("nextCursor")) {
        return ids;
      }
      cursor = "&cursor=" + page.get("nextCursor").asString();
    }
  }

  @Test
  void recognisesTheSameBytes() {
    var first = HTTP.ingested("bollard.txt", "A bollard holds the line.");
    var jobs = "select count(*) from upload_jobs";
    var before = HTTP.rows(jobs);
    var again = HTTP.upload(Map.of(), Part.of("other.txt", "A bollard holds the line.")).json(202);
    var item = again.get("items").get(0);
    assertThat(item.get("created").asBoolean()).isFalse();
    assertThat(item.get("document").get("id")).isEqualTo(first.get("id"));
    assertThat(item.get("document").get("name").asString()).isEqualTo("bollard.txt");
    assertThat(HTTP.rows(jobs)).isEqualTo(before);
  }

  @Test
  void makesOneDocumentOfUploadsThatRace() throws Exception {
    var part = "Eight of us arrive at once.";
    Callable<JsonNode> upload =
        () -> HTTP.upload(Map.of(), Part.of("race.txt", part)).json(202).get("items").get(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(java.util.Collections.nCopies(8, upload));
      var items = new java.util.ArrayList<JsonNode>();
      for (var answer : answers) {
        items.add(answer.get());
      }
      assertThat(items).filteredOn(i -> i.get("created").asBoolean()).hasSize(1);
      assertThat(items)
          .extracting(i -> i.get("document").get("id").asString())
          .containsOnly(items.getFirst().get("document").get("id").asString());
    }
    var sha = sha(part);
    assertThat(
            HTTP.rows(
                "select count(*) from upload_jobs j join documents d using (document_id) where d.file_sha256 = '"
                    + sha
                    + "'"))
        .containsExactly(List.of("1"));
  }

  private static String sha(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void leavesNothingWhenTheJobCanNotBeMade() throws Exception {
    var text = "This upload fails half way.";
    try (var owner = SharedServer.database().connectAsOwner();
        var statement = owner.createStatement()) {
      statement.execute(
          """
          create function public.refuse_job() returns trigger language plpgsql as
          $$ begin raise exception 'no job today'; end $$;
          create trigger refuse before insert on sluice_engine.job for each row
          when (new.input ->> 'name' = 'half.txt') execute function public.refuse_job()
          """);
      var answer = HTTP.upload(Map.of(), Part.of("half.txt", text));
      assertThat(answer.status()).isGreaterThanOrEqualTo(500);
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.body()).doesNotContain("no job today", "insert", "sluice_engine");
      statement.execute("drop function public.refuse_job() cascade");
    }
    for (var table : List.of("documents", "content", "content_piece")) {
      assertThat(
              HTTP.rows(
                  "select count(*) from sluice." + table + " where sha256 = '" + sha(text) + "'"))
          .containsExactly(List.of("0"));
    }
    assertThat(HTTP.ingested("half.txt", text).get("status").asString()).isEqualTo("completed");
  }

  @Test
  void findsByWordsAndByMeaningUntilDeleted() {
    var document =
        HTTP.ingested(
            "cats.md",
            "# Pets\n\nThe kitten xylograph sleeps on the warm sofa all afternoon, purring softly.");
    var id = document.get("id").asString();
    var byWord = hit(HTTP.search("xylograph"), id);
    assertThat(byWord.get("keywordRank").asInt()).isEqualTo(1);
    assertThat(byWord.get("documentName").asString()).isEqualTo("cats.md");
    assertThat(byWord.get("place").asString()).contains("Pets");
    assertThat(byWord.get("score").asDouble()).isPositive();
    var content = HTTP.get("/api/v1/documents/" + id + "/content").body();
    assertThat(byWord.get("text").asString())
        .isEqualTo(content.substring(byWord.get("start").asInt(), byWord.get("end").asInt()));

    var byMeaning = hit(HTTP.search("a feline animal napping on furniture"), id);
    assertThat(byMeaning.get("vectorRank").asInt()).isEqualTo(1);

    var vectors =
        "select count(*) from sluice.chunk_vector where chunk_sha in ("
            + HTTP.get("/api/v1/documents/" + id + "/chunks")
                .json(200)
                .get("items")
                .valueStream()
                .map(c -> "'" + c.get("sha").asString() + "'")
                .collect(java.util.stream.Collectors.joining(","))
            + ")";
    assertThat(HTTP.rows(vectors)).isNotEqualTo(List.of(List.of("0")));
    assertThat(HTTP.delete("/api/v1/documents/" + id).status()).isEqualTo(204);
    assertThat(HTTP.rows(vectors)).containsExactly(List.of("0"));
    assertThat(HTTP.search("xylograph").valueStream())
        .noneMatch(h -> h.get("documentId").asString().equals(id));
    for (var table : List.of("document_chunks", "chunk_draft", "documents")) {
      assertThat(
              HTTP.rows(
                  "select count(*) from sluice." + table + " where document_id = '" + id + "'"))
          .containsExactly(List.of("0"));
    }
    HTTP.get("/api/v1/documents/" + id).problem(404, "UNKNOWN_DOCUMENT");
    HTTP.delete("/api/v1/documents/" + id).problem(404, "UNKNOWN_DOCUMENT");
  }

  private static JsonNode hit(JsonNode hits, String document) {
    return hits.valueStream()
        .filter(h -> h.get("documentId").asString().equals(document))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not found: " + hits));
  }

  @Test
  void reprocessesADoneDocumentFromWhatIsRecorded() {
    var before = HTTP.ingested("anchor.md", manual("anchor"));
    var id = before.get("id").asString();
    double parses = HTTP.metric("sluice_files_parsed_total");
    double embedded = HTTP.metric("sluice_texts_embedded_total");
    var answer = HTTP.post("/api/v1/documents/" + id + "/reprocess", "");
    var fresh = answer.json(202);
    assertThat(fresh.get("jobId")).isNotEqualTo(before.get("jobId"));
    var after = HTTP.ended(id);
    assertThat(after.get("status").asString()).isEqualTo("completed");
    assertThat(after.get("chunks")).isEqualTo(before.get("chunks"));
    assertThat(Calls.stages(HTTP.job(after))).containsExactly(Stage.names());
    assertThat(HTTP.metric("sluice_files_parsed_total")).isEqualTo(parses);
    assertThat(HTTP.metric("sluice_texts_embedded_total")).isEqualTo(embedded);
    assertThat(hit(HTTP.search("anchor lever lamp"), id)).isNotNull();
  }

  @Test
  void isBusyWhileItIsProcessed() {
    HTTP.post("/api/v1/queues/documents/pause", "");
    try {
      var document = HTTP.uploaded(Part.of("busy.txt", "Somebody waits here.")).getFirst();
      var id = document.get("id").asString();
      assertThat(document.get("status").asString()).isEqualTo("queued");
      HTTP.post("/api/v1/documents/" + id + "/reprocess", "").problem(409, "DOCUMENT_BUSY");
      HTTP.get("/api/v1/documents/" + id + "/content").problem(409, "NO_TEXT");
      HTTP.delete("/api/v1/documents/" + id);
      Await.until(
          "its job is cancelled",
          Duration.ofSeconds(10),
          () -> HTTP.job(document).get("state").asString().equals("cancelled"));
    } finally {
      HTTP.post("/api/v1/queues/documents/resume", "");
    }
  }

  @Test
  void takesMoreThanFiftyFilesAtOnce() {
    var parts = new Part[60];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Part.of("many-" + i + ".txt", "One of many, number " + i + ".");
    }
    var documents = HTTP.uploaded(parts);
    assertThat(documents).hasSize(60);
    for (var document : documents) {
      assertThat(HTTP.ended(document.get("id").asString()).get("status").asString())
          .isEqualTo("completed");
    }
    var created = Instant.parse(documents.getFirst().get("createdAt").asString());
    assertThat(created).isBefore(Instant.now().plusSeconds(5));
    assertThat(documents.getFirst().get("createdAt").asString()).endsWith("Z");
  }
}
