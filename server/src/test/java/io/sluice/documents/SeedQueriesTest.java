package io.sluice.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.parsing.Samples;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.SharedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The queries that the reports on the earlier pipeline print are answered as they stand.
class SeedQueriesTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final String STATES = "('queued', 'working', 'retryable', 'done', 'deadletter')";

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        SELECT COUNT(*) FROM upload_jobs uj
        LEFT JOIN documents d ON uj.document_id = d.document_id
        WHERE d.document_id IS NULL;
        """,
        """
        SELECT COUNT(*) FROM document_chunks dc
        LEFT JOIN documents d ON dc.document_id = d.document_id
        WHERE d.document_id IS NULL;
        """,
        """
        SELECT COUNT(*) FROM events e
        LEFT JOIN upload_jobs uj ON e.job_id = uj.job_id
        WHERE uj.job_id IS NULL;
        """,
        "SELECT COUNT(*) as buffer_vectors FROM upload_pipeline.document_vector_buffer;"
      })
  void countNoOrphans(String query) {
    HTTP.ingested("orphans.txt", "Every row has its parent.");
    assertThat(HTTP.rows(query)).containsExactly(List.of("0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        SELECT DISTINCT stage FROM upload_jobs WHERE stage NOT IN
        ('queued', 'job_validated', 'parsing', 'parsed', 'parse_validated',
         'chunking', 'chunks_buffered', 'embedding', 'embedded');
        """,
        """
        SELECT DISTINCT state FROM upload_jobs WHERE state NOT IN
        ('queued', 'working', 'retryable', 'done', 'deadletter');
        """
      })
  void findNoBrokenConstraint(String query) {
    assertThat(HTTP.rows(query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM upload_pipeline.documents;",
        "SELECT COUNT(*) FROM upload_pipeline.upload_jobs;",
        "SELECT COUNT(*) FROM upload_pipeline.document_chunks;",
        "SELECT COUNT(*) as chunks FROM upload_pipeline.document_chunks;",
        "SELECT DISTINCT stage, state FROM upload_jobs;",
        "SELECT stage, state, COUNT(*) FROM upload_jobs GROUP BY stage, state;",
        "SELECT stage, state, COUNT(*) FROM upload_pipeline.upload_jobs GROUP BY stage, state;",
        "SELECT vector_dim FROM document_chunks WHERE vector_dim != 1536;",
        "SELECT type, severity, code, payload FROM events WHERE type = 'error';",
        """
        SELECT type, COUNT(*) as event_count, COUNT(DISTINCT job_id) as unique_jobs
        FROM events GROUP BY type;
        """,
        """
        SELECT stage, retry_count, state, last_error->>'error_type' as error_type
        FROM upload_jobs WHERE state = 'retryable';
        """,
        """
        SELECT job_id, document_id, chunk_id, chunk_ord, chunk_sha, embed_model, embed_version, payload, claimed_by
        FROM upload_jobs JOIN document_chunks USING (document_id) ORDER BY upload_jobs.created_at
        """
      })
  void areUnderstood(String query) {
    HTTP.sql(query).json(200);
  }

  @Test
  void tellHowADocumentEnded() {
    var document = HTTP.ingested("finished.md", "# Done\n\nThis one is finished.");
    var id = document.get("id").asString();
    var rows =
        HTTP.rows(
            """
            SELECT
              uj.stage, uj.state,
              uj.finished_at IS NOT NULL as has_finish_time,
              (SELECT COUNT(*) FROM document_chunks dc
               WHERE dc.document_id = uj.document_id) as final_chunks,
              (SELECT COUNT(*) FROM events e
               WHERE e.job_id = uj.job_id AND e.type = 'stage_done') as completion_events
            FROM upload_jobs uj WHERE uj.document_id = '%s'
            """
                .formatted(id));
    assertThat(rows)
        .containsExactly(
            List.of("embedded", "done", "true", document.get("chunks").asString(), "9"));
  }

  @Test
  void tellWhyAJobIsTriedAgain(@TempDir Path directory) {
    var samples = new Samples(directory);
    var document =
        HTTP.uploaded(Part.of(samples.mock("falls.xml", "<system_exit/><p>2</p>"))).getFirst();
    var id = document.get("id").asString();
    var row =
        Await.value(
            "it is retryable",
            Duration.ofSeconds(40),
            () ->
                HTTP
                    .rows(
                        """
                        SELECT stage, retry_count = (last_error->>'retry_count')::int,
                          last_error->>'error_type' as error_type, last_error->>'message',
                          (last_error->>'timestamp')::timestamptz > now() - interval '1 minute'
                        FROM upload_jobs WHERE state = 'retryable' and document_id = '%s'
                        """
                            .formatted(id))
                    .stream()
                    .findFirst());
    assertThat(row.get(0)).isEqualTo("parsing");
    assertThat(row.get(1)).isEqualTo("true");
    assertThat(row.get(2)).isEqualTo("CRASHED");
    assertThat(row.get(3)).isNotBlank();
    assertThat(row.get(4)).isEqualTo("true");
    assertThat(
            HTTP.rows(
                "SELECT severity, code FROM events WHERE type = 'error' AND document_id = '"
                    + id
                    + "'"))
        .contains(List.of("warn", "CRASHED"));
    HTTP.delete("/api/v1/documents/" + id);
  }

  @Test
  void knowFiveStatesOnly() {
    HTTP.post("/api/v1/queues/documents/pause", "");
    try {
      var document = HTTP.uploaded(Part.of("five.txt", "Its job is cancelled.")).getFirst();
      HTTP.post("/api/v1/jobs/" + document.get("jobId").asString() + "/cancel", "");
      assertThat(
              HTTP.rows(
                  "select state from upload_jobs where document_id = '"
                      + document.get("id").asString()
                      + "'"))
          .containsExactly(List.of("deadletter"));
      assertThat(HTTP.rows("select count(*) from upload_jobs where state not in " + STATES))
          .containsExactly(List.of("0"));
    } finally {
      HTTP.post("/api/v1/queues/documents/resume", "");
    }
  }
}
