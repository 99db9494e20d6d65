package io.sluice.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.ChildServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

/// A real server in a process of its own, killed with `kill -9` while documents are on their way.
class KilledServerTest {
  private static final int MARKDOWN = 14;
  private static final int PDF = 6;

  /// After how many vectors it is killed.
  private static final List<Integer> KILLS = List.of(10, 60, 120);

  @Test
  void goesOnAtTheStageThatEveryDocumentHadReached() throws Exception {
    var data = Scratch.fresh("killed");
    List<String> documents = null;
    Map<String, String> recorded = new HashMap<>();
    for (int vectors : KILLS) {
      try (var child = launch(data)) {
        var http = child.calls();
        if (documents == null) {
          documents = upload(http);
        }
        assertThat(recordedSteps(http)).containsAllEntriesOf(recorded);
        Await.until(
            vectors + " vectors",
            Duration.ofSeconds(40),
            () -> count(http, "select count(*) from sluice.chunk_vector") >= vectors);
        recorded = recordedSteps(http);
        child.kill();
      }
    }
    var began = Instant.now();
    try (var child = launch(data)) {
      var http = child.calls();
      for (var id : documents) {
        var document = http.ended(id);
        assertThat(document.get("status").asString())
            .as(document.toString())
            .isEqualTo("completed");
        assertThat(Calls.stages(http.job(document))).containsExactly(Stage.names());
      }
      assertThat(recordedSteps(http)).containsAllEntriesOf(recorded);
      assertWasDoneOnce(http);
      assertDidOnlyWhatWasLeft(http, began);
      assertThat(http.search("machine number 3")).isNotEmpty();
    }
  }

  private static ChildServer launch(Path data) {
    return ChildServer.launch(data, "--sluice.lease=1s");
  }

  private static List<String> upload(Calls http) throws IOException {
    var parts = new ArrayList<Part>();
    for (int d = 0; d < MARKDOWN; d++) {
      parts.add(Part.of("machine-" + d + ".md", markdown(d)));
    }
    for (int d = 0; d < PDF; d++) {
      parts.add(new Part("sheet-" + d + ".pdf", BodyPublishers.ofByteArray(pdf(d))));
    }
    return http.uploaded(parts.toArray(Part[]::new)).stream()
        .map(d -> d.get("id").asString())
        .toList();
  }

  private static String markdown(int document) {
    var text = new StringBuilder("# Machine number " + document + "\n\n");
    for (int i = 0; i < 12; i++) {
      text.append("## Part ").append(document).append('-').append(i).append("\n\n");
      for (int s = 0; s < 14; s++) {
        text.append(
            "The machine number %d turns its wheel %d and lifts the lever %d. "
                .formatted(document, i * 100 + s, s * document));
      }
      text.append("\n\n");
    }
    return text.toString();
  }

  private static byte[] pdf(int document) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var pdf = new PDDocument()) {
      for (int p = 0; p < 4; p++) {
        var page = new PDPage();
        pdf.addPage(page);
        try (var content = new PDPageContentStream(pdf, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.newLineAtOffset(72, 700);
          content.showText("Sheet " + document + ", page " + p + ", about a machine.");
          content.endText();
        }
      }
      pdf.save(out);
    }
    return out.toByteArray();
  }

  private static int count(Calls http, String query) {
    return Integer.parseInt(http.rows(query).getFirst().getFirst());
  }

  /// When each step of each job was recorded, and by which holder.
  private static Map<String, String> recordedSteps(Calls http) {
    var steps = new HashMap<String, String>();
    for (var row :
        http.rows(
            "select job_id || '/' || name, recorded_at::text || '/' || fence from sluice_engine.checkpoint")) {
      steps.put(row.get(0), row.get(1));
    }
    return steps;
  }

  private static void assertWasDoneOnce(Calls http) {
    assertThat(
            http.rows(
                "select job_id, payload ->> 'stage' from events where type = 'stage_done'"
                    + " group by 1, 2 having count(*) <> 1"))
        .isEmpty();
    assertThat(
            http.rows(
                """
                select d.document_id from sluice.documents d left join sluice.document_chunks c using (document_id)
                group by d.document_id having count(c) <> max(d.chunks) or count(c) <> max(c.chunk_ord) + 1
                  or count(distinct c.chunk_ord) <> count(c)
                """))
        .isEmpty();
    assertThat(count(http, "select count(*) from sluice.chunk_draft")).isZero();
    assertThat(count(http, "select count(*) from upload_jobs where state <> 'done'")).isZero();
  }

  /// The last process has parsed and embedded just what no earlier one had stored.
  private static void assertDidOnlyWhatWasLeft(Calls http, Instant began) {
    var since = " where created_at > '" + began + "'";
    assertThat(http.metric("sluice_files_parsed_total"))
        .isEqualTo(count(http, "select count(*) from sluice.parsed_text" + since));
    assertThat(http.metric("sluice_texts_embedded_total"))
        .isEqualTo(count(http, "select count(*) from sluice.chunk_vector" + since))
        .isPositive();
    assertThat(count(http, "select count(*) from sluice.chunk_vector")).isGreaterThan(120);
  }
}
