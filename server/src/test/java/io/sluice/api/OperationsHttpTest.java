package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.parsing.Samples;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Calls.Part;
import io.sluice.testing.SharedServer;
import io.sluice.testing.Sse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OperationsHttpTest {
  private static final Calls HTTP = SharedServer.calls();

  @TempDir Path directory;

  @Test
  void groupsDeadLettersAndRedrivesThem() {
    var samples = new Samples(directory);
    var one = HTTP.uploaded(Part.of(samples.encryptedPdf("one.pdf"))).getFirst();
    HTTP.ended(one.get("id").asString());
    var group = group("ENCRYPTED");
    assertThat(group.get("kind").asString()).isEqualTo("document.ingest");
    assertThat(group.get("count").asInt()).isPositive();
    assertThat(group.get("message").asString()).isNotBlank();
    Await.until(
        "the metric follows", Duration.ofSeconds(15), () -> HTTP.metric("sluice_dead_letters") > 0);

    int fence = HTTP.job(one).get("fence").asInt();
    var request =
        "{\"kind\":\"document.ingest\",\"cause\":\"" + group.get("cause").asString() + "\"}";
    var key = Map.of("Idempotency-Key", "redrive-" + UUID.randomUUID());
    var redriven = HTTP.post("/api/v1/dead-letters/redrive", request, key).json(200);
    assertThat(redriven.get("redriven").asInt()).isPositive();
    assertThat(HTTP.post("/api/v1/dead-letters/redrive", request, key).json(200))
        .isEqualTo(redriven);
    HTTP.ended(one.get("id").asString());
    assertThat(HTTP.job(one).get("fence").asInt()).isGreaterThan(fence);
    HTTP.post("/api/v1/dead-letters/redrive", "{\"limit\":0}").problem(400, "BAD_LIMIT");
    assertThat(
            HTTP.post("/api/v1/dead-letters/redrive", "{\"cause\":\"NONE_SUCH\"}")
                .json(200)
                .get("redriven")
                .asInt())
        .isZero();
  }

  private static JsonNode group(String cause) {
    return HTTP.get("/api/v1/dead-letters")
        .json(200)
        .get("items")
        .valueStream()
        .filter(g -> g.get("cause").asString().startsWith(cause))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pausesAndResumesAQueue() {
    var paused = HTTP.post("/api/v1/queues/documents/pause", "").json(200);
    assertThat(paused.get("pausedBy").asString()).isEqualTo("operator");
    JsonNode document;
    try {
      document = HTTP.uploaded(Part.of("paused.txt", "It waits for the queue.")).getFirst();
      var job = HTTP.job(document);
      assertThat(job.get("state").asString()).isEqualTo("queued");
      assertThat(job.get("why").toString()).contains("paused");
      var queued = HTTP.get("/api/v1/jobs?state=queued&queue=documents&limit=200").json(200);
      assertThat(queued.get("items").valueStream().map(j -> j.get("id").asString()))
          .contains(job.get("id").asString());
    } finally {
      assertThat(HTTP.post("/api/v1/queues/documents/resume", "").json(200).has("pausedBy"))
          .isFalse();
    }
    assertThat(HTTP.ended(document.get("id").asString()).get("status").asString())
        .isEqualTo("completed");
    HTTP.post("/api/v1/queues/none/pause", "").problem(404, "UNKNOWN_QUEUE");
    assertThat(HTTP.get("/api/v1/queues").json(200).get("items").toString()).contains("documents");
  }

  @Test
  void cancelsAndRetriesAJob() {
    HTTP.post("/api/v1/queues/documents/pause", "");
    JsonNode document;
    try {
      document = HTTP.uploaded(Part.of("cancelled.txt", "It is cancelled first.")).getFirst();
      var path = "/api/v1/jobs/" + document.get("jobId").asString();
      assertThat(HTTP.post(path + "/cancel", "").json(200).get("state").asString())
          .isEqualTo("cancelled");
      HTTP.post(path + "/cancel", "").problem(409, "JOB_STATE");
      assertThat(HTTP.document(document.get("id").asString()).get("status").asString())
          .isEqualTo("cancelled");
      assertThat(HTTP.post(path + "/retry", "").json(202).get("state").asString())
          .isEqualTo("queued");
      HTTP.post(path + "/retry", "").problem(409, "JOB_STATE");
    } finally {
      HTTP.post("/api/v1/queues/documents/resume", "");
    }
    assertThat(HTTP.ended(document.get("id").asString()).get("status").asString())
        .isEqualTo("completed");
  }

  @Test
  void listsEventsByTheirKind() {
    var document = HTTP.ingested("events.txt", "It leaves events behind.");
    var job = document.get("jobId").asString();
    var done = HTTP.get("/api/v1/events?type=stage_done&jobId=" + job).json(200).get("items");
    assertThat(done.size()).isEqualTo(9);
    for (var event : done.values()) {
      assertThat(event.get("severity").asString()).isEqualTo("info");
      assertThat(event.get("code").asString()).startsWith("document.ingest.");
      assertThat(event.get("createdAt").asString()).endsWith("Z");
    }
    var paged = new ArrayList<String>();
    for (var cursor = ""; cursor != null; ) {
      var page = HTTP.get("/api/v1/events?type=stage_done&limit=4&jobId=" + job + cursor).json(200);
      page.get("items").forEach(e -> paged.add(e.get("id").asString()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asString() : null;
    }
    assertThat(paged)
        .containsExactlyElementsOf(done.valueStream().map(e -> e.get("id").asString()).toList());
    var since = document.get("createdAt").asString();
    assertThat(HTTP.get("/api/v1/events?severity=error&since=" + since).json(200).get("items"))
        .isEmpty();
  }

  @Test
  void theStreamResumesWithoutLossOrRepeat() throws Exception {
    var seen = new ArrayList<String>();
    String last;
    JsonNode first;
    try (var stream = Sse.open(HTTP, null)) {
      first = HTTP.uploaded(Part.of("live-1.txt", "It is watched from the beginning.")).getFirst();
      for (int i = 0; i < 4; i++) {
        var message = stream.next(m -> of(m, first) && m.name().equals("stage_done"));
        seen.add(message.json().get("payload").get("stage").asString());
      }
      last = "";
    }
    // Whoever comes back says what it saw last; here: the fourth stage, found again in the list.
    try (var whole = Sse.open(HTTP, "0-0")) {
      Sse.Message fourth = null;
      for (int i = 0; i < 4; i++) {
        fourth = whole.next(m -> of(m, first) && m.name().equals("stage_done"));
      }
      last = fourth.id();
    }
    HTTP.ended(first.get("id").asString());
    var second = HTTP.uploaded(Part.of("live-2.txt", "It comes while nobody watches.")).getFirst();
    HTTP.ended(second.get("id").asString());
    try (var again = Sse.open(HTTP, last)) {
      for (int i = 0; i < 5; i++) {
        var message = again.next(m -> of(m, first) && m.name().equals("stage_done"));
        seen.add(message.json().get("payload").get("stage").asString());
      }
      var other = new ArrayList<String>();
      for (int i = 0; i < 9; i++) {
        var message = again.next(m -> !m.name().equals("progress") && of(m, second));
        if (message.name().equals("stage_done")) {
          other.add(message.json().get("payload").get("stage").asString());
        } else {
          i--;
        }
      }
      assertThat(other).containsExactlyInAnyOrder(io.sluice.documents.Stage.names());
    }
    assertThat(seen).containsExactlyInAnyOrder(io.sluice.documents.Stage.names());
    assertThat(
            HTTP.send(
                    "GET",
                    "/api/v1/events/stream",
                    java.net.http.HttpRequest.BodyPublishers.noBody(),
                    Map.of("Last-Event-ID", "x"))
                .status())
        .isEqualTo(400);
  }

  private static boolean of(Sse.Message message, JsonNode document) {
    return document.get("jobId").asString().equals(message.json().path("jobId").asString());
  }

  @Test
  void theStreamShowsProgress() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      text.append("## Heading ").append(i).append("\n\n");
      text.append(("Sentence " + i + " of the long text about turbines. ").repeat(8))
          .append("\n\n");
    }
    try (var stream = Sse.open(HTTP, null)) {
      var document = HTTP.uploaded(Part.of("long.md", text.toString())).getFirst();
      var message =
          stream.next(m ->
              m.name().equals("progress") && of(m, document) && m.json().get("total").asInt() > 0);
      assertThat(message.json().get("done").asInt())
          .isLessThanOrEqualTo(message.json().get("total").asInt());
      assertThat(message.json().get("kind").asString()).isEqualTo("document.ingest");
      assertThat(HTTP.ended(document.get("id").asString()).get("status").asString())
          .isEqualTo("completed");
    }
  }

  @Test
  void sqlReadsOnly() throws Exception {
    for (var query :
        List.of(
            "insert into sluice.installation values (false)",
            "delete from sluice.documents",
            "update sluice.documents set name = 'x'",
            "with gone as (delete from sluice.documents returning 1) select * from gone",
            "explain analyze delete from sluice.documents",
            "select nextval('sluice_engine.event_seq')",
            "select 1; select 2",
            "commit; drop table sluice.documents",
            "commit; delete from sluice.documents",
            "select 1; commit; delete from sluice.documents",
            "/* ; */ commit; select 1",
            "select $$;$$; delete from sluice.documents",
            "commit",
            "rollback",
            "set transaction read write",
            "listen sluice_wake",
            "deallocate all",
            "copy sluice.documents to stdout",
            "",
            "  ",
            "nonsense")) {
      var problem =
          HTTP.post(
                  "/api/v1/sql",
                  tools.jackson.databind.json.JsonMapper.builder()
                      .build()
                      .writeValueAsString(Map.of("query", query)))
              .problem(400, "SQL_REFUSED");
      assertThat(problem.get("detail").asString()).as(query).isNotBlank();
    }
    assertThat(HTTP.rows("select count(*) > 0 from sluice.documents").getFirst().getFirst())
        .isIn("true", "false");
    assertThat(HTTP.rows("select ';' as a, '{\"a\":1}'::jsonb ? 'a' -- ; not the end"))
        .containsExactly(List.of(";", "true"));
    assertThat(HTTP.rows("select 1;")).containsExactly(List.of("1"));
  }

  @Test
  void sqlIsBounded() {
    HTTP.post("/api/v1/sql", "{\"query\":\"select pg_sleep(20)\",\"timeout\":\"PT0.3S\"}")
        .problem(400, "SQL_TIMEOUT");
    HTTP.post("/api/v1/sql", "{\"query\":\"select 1\",\"timeout\":\"PT31S\"}")
        .problem(400, "SQL_REFUSED");
    var thousand = HTTP.sql("select n from generate_series(1, 1000) n").json(200);
    assertThat(thousand.get("rows").size()).isEqualTo(1000);
    assertThat(thousand.get("truncated").asBoolean()).isFalse();
    var more = HTTP.sql("select n from generate_series(1, 1001) n").json(200);
    assertThat(more.get("rows").size()).isEqualTo(1000);
    assertThat(more.get("truncated").asBoolean()).isTrue();
    var wide = HTTP.sql("select repeat('x', 1000000) from generate_series(1, 1000) n").json(200);
    assertThat(wide.get("rows").size()).isLessThan(20);
    assertThat(wide.get("truncated").asBoolean()).isTrue();
    HTTP.sql("select pg_advisory_lock(4711)").json(200);
    assertThat(
            HTTP.rows("select count(*) from pg_locks where locktype = 'advisory' and objid = 4711"))
        .containsExactly(List.of("0"));
  }

  @Test
  void sqlAnswersThroughARoleThatOwnsNothing() {
    assertThat(
            HTTP.rows(
                "select count(*) from pg_class c where pg_get_userbyid(c.relowner) = current_user"))
        .containsExactly(List.of("0"));
    assertThat(
            HTTP.rows(
                "select count(*) from pg_namespace n where pg_get_userbyid(n.nspowner) = current_user"))
        .containsExactly(List.of("0"));
    assertThat(HTTP.rows("select rolsuper, rolcreatedb from pg_roles where rolname = current_user"))
        .containsExactly(List.of("false", "false"));
  }

  @Test
  void metricsCountWhatTheEngineDoes() {
    HTTP.ingested("metrics.txt", "It is counted.");
    var scrape = HTTP.get("/actuator/prometheus").body();
    assertThat(scrape)
        .contains(
            "sluice_queue_jobs{queue=\"documents\",state=\"ready\"}",
            "sluice_job_run_seconds_count{kind=\"document.ingest\",outcome=\"done\"",
            "sluice_job_lease_lost_total{kind=\"document.ingest\"}",
            "sluice_job_wait_seconds_count");
    assertThat(HTTP.metric("sluice_job_run_seconds_count")).isPositive();
  }

  @Test
  void tellsThatItLivesAndIsReady() {
    assertThat(HTTP.get("/health").json(200).get("status").asString()).isEqualTo("up");
    var ready = HTTP.get("/ready").json(200);
    assertThat(ready.get("ready").asBoolean()).isTrue();
    assertThat(ready.get("database").asString()).isEqualTo("up");
    assertThat(HTTP.get("/actuator/health").json(200).get("status").asString()).isEqualTo("UP");
    assertThat(HTTP.get("/actuator/env").status()).isEqualTo(404);
  }
}
