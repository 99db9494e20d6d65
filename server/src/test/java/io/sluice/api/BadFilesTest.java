package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.parsing.Samples;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BadFilesTest {
  private static final Calls HTTP = SharedServer.calls();

  @TempDir static Path directory;

  @Test
  void endWithACodeEachAndTheRestOfTheBatchGoesOn() {
    var samples = new Samples(directory);
    var whole = samples.pdf("whole.pdf", "The first page", "The second page");
    var expected = new LinkedHashMap<Part, String>();
    expected.put(Part.of("good-1.txt", "The first good one of the batch."), "");
    expected.put(Part.of("empty.txt", ""), "ZERO_BYTES");
    expected.put(Part.of(samples.truncated("truncated.pdf", whole, 0.6)), "CORRUPT");
    expected.put(Part.of(samples.encryptedPdf("secret.pdf")), "ENCRYPTED");
    expected.put(Part.of(samples.zipOfZeros("bomb.docx", "word/document.xml", 1500)), "BOMB");
    expected.put(Part.of(samples.noise("noise.bin", 100_000)), "UNSUPPORTED");
    expected.put(Part.of("blank.txt", "  \n \n\t "), "EMPTY_TEXT");
    expected.put(Part.of("report.docx", whole), "");
    expected.put(Part.of("good-2.txt", "The last good one of the batch."), "");

    var documents = HTTP.uploaded(expected.keySet().toArray(Part[]::new));
    int i = 0;
    for (var code : expected.values()) {
      check(HTTP.ended(documents.get(i++).get("id").asString()), code);
    }
    var misnamed = HTTP.document(documents.get(7).get("id").asString());
    assertThat(misnamed.get("mediaType").asString()).isEqualTo("application/pdf");
    assertThat(misnamed.get("warnings").toString()).contains("docx");
    assertThat(misnamed.get("pages").asInt()).isEqualTo(2);
  }

  private static void check(JsonNode document, String code) {
    var told = document.toString();
    var job = HTTP.job(document);
    if (code.isEmpty()) {
      assertThat(document.get("status").asString()).as(told).isEqualTo("completed");
      return;
    }
    assertThat(document.get("status").asString()).as(told).isEqualTo("failed");
    assertThat(document.get("error").get("code").asString()).as(told).isEqualTo(code);
    assertThat(document.get("error").get("message").asString()).isNotBlank();
    assertThat(document.get("error").get("retryable").asBoolean()).isFalse();
    assertThat(job.get("state").asString()).isEqualTo("deadletter");
    assertThat(job.get("cause").asString()).startsWith(code);
    assertThat(
            HTTP.rows(
                "select severity, code from events where type = 'error' and job_id = '"
                    + job.get("id").asString()
                    + "'"))
        .containsExactly(java.util.List.of("error", code));
  }

  @Test
  void triesAgainWhenTheParserDies() {
    var samples = new Samples(directory);
    var document = HTTP.uploaded(Part.of(samples.mock("dies.xml", "<system_exit/>"))).getFirst();
    var id = document.get("id").asString();
    var waiting =
        Await.value(
            "it waits for another attempt",
            Duration.ofSeconds(40),
            () ->
                java.util.Optional.of(HTTP.document(id))
                    .filter(d -> d.get("status").asString().equals("waiting")));
    assertThat(waiting.get("error").get("code").asString()).isEqualTo("CRASHED");
    assertThat(waiting.get("error").get("retryable").asBoolean()).isTrue();
    assertThat(waiting.get("attempt").asInt()).isPositive();
    assertThat(waiting.get("stage").asString()).isEqualTo("parsing");
    assertThat(
            HTTP.rows(
                "select state, last_error->>'error_type' from upload_jobs where document_id = '"
                    + id
                    + "' and state <> 'working'"))
        .allSatisfy(row -> assertThat(row).containsExactly("retryable", "CRASHED"));
    assertThat(HTTP.delete("/api/v1/documents/" + id).status()).isEqualTo(204);
  }

  @Test
  void sendsAFailedDocumentRoundAgain() {
    var samples = new Samples(directory);
    var file = samples.noise("again.bin", 5000);
    var first = HTTP.ended(HTTP.uploaded(Part.of(file)).getFirst().get("id").asString());
    assertThat(first.get("status").asString()).isEqualTo("failed");
    var id = first.get("id").asString();
    int before = moves(first);
    assertThat(HTTP.post("/api/v1/documents/" + id + "/reprocess", "").status()).isEqualTo(202);
    var second = HTTP.ended(id);
    assertThat(second.get("error").get("code").asString()).isEqualTo("UNSUPPORTED");
    assertThat(moves(second)).isGreaterThan(before);
  }

  private static int moves(JsonNode document) {
    return (int)
        HTTP.job(document)
            .get("history")
            .valueStream()
            .filter(l -> l.get("what").asString().equals("move"))
            .count();
  }

  @Test
  void refusesATextOfTwoHundredMegabytes() throws IOException {
    var file = directory.resolve("huge.txt");
    var line = ("All work and no play makes a dull text. ".repeat(25) + "\n").repeat(100);
    var block = line.getBytes(StandardCharsets.UTF_8);
    try (var out = Files.newOutputStream(file)) {
      for (long written = 0; written < 200L << 20; written += block.length) {
        out.write(block);
      }
    }
    var document = HTTP.ended(HTTP.uploaded(Part.of(file)).getFirst().get("id").asString());
    Files.delete(file);
    check(document, "TOO_LARGE");
    assertThat(document.get("sizeBytes").asLong()).isGreaterThan(200L << 20);
    assertThat(HTTP.delete("/api/v1/documents/" + document.get("id").asString()).status())
        .isEqualTo(204);
  }

  @Test
  void takesFileNamesForLabelsOnly() {
    var names =
        Map.of(
            "../../../etc/passwd", "passwd",
            "..\\\\..\\\\windows\\\\system.ini", "system.ini",
            "/absolute/path.txt", "path.txt",
            "..", "unnamed",
            "schöner Name 🚢.txt", "schöner Name 🚢.txt");
    int n = 0;
    for (var name : names.entrySet()) {
      var document =
          HTTP.ingested(name.getKey(), "A file with a name of its own, number " + n++ + ".");
      assertThat(document.get("name").asString()).isEqualTo(name.getValue());
      assertThat(document.get("status").asString()).isEqualTo("completed");
    }
    var temporary = SharedServer.data().resolve("tmp");
    Await.until(
        "no temporary file is left",
        Duration.ofSeconds(20),
        () -> {
          try (var files = Files.list(temporary)) {
            return files.noneMatch(f -> f.getFileName().toString().endsWith(".bin"));
          }
        });
    assertThat(SharedServer.data().resolveSibling("etc")).doesNotExist();
  }
}
