package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String ID = "01990000-0000-7000-8000-000000000001";
  private static final String COMPLETED =
      "{\"id\":\""
          + ID
          + "\",\"name\":\"a.txt\",\"status\":\"completed\",\"stage\":\"embedded\",\"chunks\":3}";
  private static final String EMBEDDING =
      "{\"id\":\""
          + ID
          + "\",\"name\":\"a.txt\",\"status\":\"running\",\"stage\":\"embedding\","
          + "\"progressDone\":1,\"progressTotal\":3}";
  private static final String FAILED =
      "{\"id\":\""
          + ID
          + "\",\"name\":\"a.txt\",\"status\":\"failed\",\"stage\":\"parsing\","
          + "\"error\":{\"code\":\"ENCRYPTED\",\"message\":\"it needs a password\",\"retryable\":false}}";

  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(home, Map.of("SLUICE_URL", server.url().toString()), args);
  }

  private static String uploaded(String document, boolean created) {
    return "{\"items\":[{\"document\":" + document + ",\"created\":" + created + "}]}";
  }

  // ---- finding the server

  @Test
  void saysHowToStartAServerWhenNoneRuns() {
    var run = CommandRun.of(home, Map.of(), "jobs");
    assertThat(run.exit()).isEqualTo(Exit.UNREACHABLE);
    assertThat(run.err()).contains("No server runs on").contains("./sluice serve");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void findsTheServerThatRunsOnTheDataDirectory() throws IOException {
    server.on("GET /jobs", "{\"items\":[]}");
    tell(ProcessHandle.current().pid());
    assertThat(CommandRun.of(home, Map.of(), "jobs").exit()).isEqualTo(Exit.OK);
    assertThat(server.asked()).containsExactly("GET /jobs?limit=20");
  }

  @Test
  void takesTheFileOfADeadServerForNone() throws Exception {
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    tell(dead.pid());
    assertThat(CommandRun.of(home, Map.of(), "jobs").exit()).isEqualTo(Exit.UNREACHABLE);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void prefersTheServerOnTheCommandLine() {
    server.on("GET /jobs", "{\"items\":[]}");
    var elsewhere = Map.of("SLUICE_URL", "http://127.0.0.1:1");
    var run = CommandRun.of(home, elsewhere, "jobs", "--server", server.url() + "/");
    assertThat(run.exit()).isEqualTo(Exit.OK);
  }

  @Test
  void saysThatAServerDoesNotAnswer() {
    var run = CommandRun.of(home, Map.of("SLUICE_URL", "http://127.0.0.1:1"), "queues");
    assertThat(run.exit()).isEqualTo(Exit.UNREACHABLE);
    assertThat(run.err()).contains("http://127.0.0.1:1 does not answer");
  }

  private void tell(long pid) throws IOException {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(
        home.resolve("data/server.json"),
        "{\"url\":\"" + server.url() + "\",\"pid\":" + pid + ",\"port\":1,\"version\":\"x\"}");
  }

  // ---- the command line itself

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "serve",
        "ingest",
        "search",
        "jobs",
        "jobs explain",
        "jobs retry",
        "jobs cancel",
        "workflow",
        "workflow run",
        "workflow validate",
        "workflow test",
        "workflow push",
        "workflow list",
        "workflow show",
        "executions",
        "executions watch",
        "executions cancel",
        "executions pause",
        "executions resume",
        "executions retry",
        "executions fork",
        "executions signal",
        "executions bulk",
        "dead-letters",
        "queues",
        "queues pause",
        "queues resume",
        "sql",
        "test",
        "version"
      })
  void everyCommandHasHelpWithItsExitCodes(String command) {
    var run = run((command + " --help").strip().split(" "));
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .contains("Usage: sluice")
        .contains("Exit codes:")
        .contains("no server was reached");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fly",
        "search",
        "jobs --output xml",
        "jobs explain",
        "ingest /nowhere/at/all",
        "jobs --server nonsense",
        "search --limit many a",
        "test push",
        "queues pause"
      })
  void aWrongCommandLineEndsWithTwo(String line) {
    var run = run(line.split(" "));
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).isNotBlank();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aProblemShowsItsDetailItsCodeAndItsPlaces() {
    server.on(
        "GET /jobs/x",
        400,
        "{\"status\":400,\"detail\":\"'x' is no id\",\"code\":\"BAD_PARAMETER\","
            + "\"errors\":[{\"pointer\":\"id\",\"detail\":\"is no UUID\"}]}");
    var run = run("jobs", "x");
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.err()).contains("'x' is no id (BAD_PARAMETER)").contains("id: is no UUID");
  }

  @Test
  void anAnswerThatIsNoProblemDetailIsOneAllTheSame() {
    server.on("GET /queues", 502, "<html>Bad gateway</html>");
    var run = run("queues");
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.err()).contains("502");
  }

  // ---- ingest

  @Test
  void ingestFollowsADocumentToItsEnd() throws IOException {
    server
        .on("POST /documents", uploaded(EMBEDDING, true))
        .on("GET /documents/" + ID, EMBEDDING)
        .on("GET /documents/" + ID, COMPLETED);
    var file = Files.writeString(home.resolve("a.txt"), "some text");
    var run = run("ingest", file.toString());
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .contains("a.txt: 8/9 embedding", "a.txt: completed, 3 chunks", "1 document ingested");
    assertThat(server.asked().getFirst())
        .contains("Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"")
        .contains("some text");
  }

  @Test
  void ingestEndsWithOneWhenADocumentFails() throws IOException {
    server.on("POST /documents", uploaded(FAILED, true));
    var run = run("ingest", Files.writeString(home.resolve("a.txt"), "x").toString());
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("failed: ENCRYPTED, it needs a password").contains("1 failed");
  }

  @Test
  void ingestSaysThatTheBytesWereThereBefore() throws IOException {
    server.on("POST /documents", uploaded(COMPLETED, false));
    var run = run("ingest", Files.writeString(home.resolve("a.txt"), "x").toString());
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(run.out()).contains("same bytes as before").contains("1 known before");
  }

  @Test
  void ingestGoesOnAfterARefusedFile() throws IOException {
    server
        .on("POST /documents", 413, "{\"code\":\"TOO_LARGE\",\"detail\":\"at most 1 GB\"}")
        .on("POST /documents", uploaded(COMPLETED, true));
    Files.writeString(home.resolve("a.txt"), "x");
    Files.writeString(home.resolve("b.txt"), "");
    var run = run("ingest", home.toString());
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out())
        .contains("at most 1 GB (TOO_LARGE)")
        .contains("1 document ingested, 1 failed");
  }

  @Test
  void ingestTakesFoldersButNoHiddenFiles() throws IOException {
    server.on("POST /documents", uploaded(COMPLETED, true));
    var folder = Files.createDirectories(home.resolve("folder/below"));
    Files.createDirectories(home.resolve("folder/.git"));
    Files.writeString(home.resolve("folder/.git/config"), "x");
    Files.writeString(home.resolve("folder/.hidden"), "x");
    Files.writeString(home.resolve("folder/seen.txt"), "x");
    Files.createSymbolicLink(folder.resolve("loop"), home.resolve("folder"));
    Files.writeString(folder.resolve("deep.txt"), "x");
    var run = run("ingest", "--no-wait", home.resolve("folder").toString());
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void ingestWritesOneJsonDocument() throws IOException {
    server.on("POST /documents", uploaded(EMBEDDING, true)).on("GET /documents/" + ID, COMPLETED);
    var run = run("ingest", "-o", "json", Files.writeString(home.resolve("a.txt"), "x").toString());
    assertThat(run.out()).startsWith("{").contains("\"status\" : \"completed\"");
    assertThat(run.err()).contains("a.txt: completed");
  }

  @Test
  void aDocumentThatWasDeletedMeanwhileHasFailed() throws IOException {
    server
        .on("POST /documents", uploaded(EMBEDDING, true))
        .on("GET /documents/" + ID, 404, "{\"code\":\"UNKNOWN_DOCUMENT\",\"detail\":\"gone\"}");
    var run = run("ingest", Files.writeString(home.resolve("a.txt"), "x").toString());
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("UNKNOWN_DOCUMENT, gone");
  }

  // ---- search

  @Test
  void searchShowsTheQuoteThePlaceAndTheScore() {
    server.on(
        "GET /search",
        """
        {"items":[{"documentName":"a.pdf","place":"page 3, Leases","score":0.0325,"keywordRank":2,
        "vectorRank":1,"text":"# Leases\\n\\nA lease lasts ten seconds. More.",
        "snippet":"# Leases\\n\\nA lease lasts ten seconds.","highlights":[[12,17]]}]}
        """);
    var run = run("search", "how", "long", "--limit", "2");
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .contains("1. “A lease lasts ten seconds. …”")
        .contains("a.pdf › page 3, Leases  score 0.0325 (words #2, meaning #1)");
    assertThat(server.asked()).containsExactly("GET /search?q=how+long&limit=2");
  }

  @Test
  void searchThatFindsNothingEndsWithOne() {
    server.on("GET /search", "{\"items\":[]}");
    assertThat(run("search", "x").exit()).isEqualTo(Exit.FAILED);
  }

  @Test
  void nothingThatADocumentSaysReachesTheTerminalAsAnEscape() {
    server.on(
        "GET /search",
        "{\"items\":[{\"documentName\":\"\\u001b]0;owned\\u0007.pdf\",\"place\":\"p\\u001b[2J\","
            + "\"score\":1,\"snippet\":\"text\\u001b[31m\"}]}");
    assertThat(run("search", "x").out()).doesNotContain("\u001b").doesNotContain("\u0007");
  }

  // ---- jobs, dead letters, queues, sql

  @Test
  void jobsFollowsPagesUpToItsLimit() {
    var job =
        "{\"id\":\"" + ID + "\",\"kind\":\"document.ingest\",\"state\":\"working\",\"attempt\":0}";
    server
        .on("GET /jobs", "{\"items\":[" + job + "," + job + "],\"nextCursor\":\"c 1\"}")
        .on("GET /jobs", "{\"items\":[" + job + "],\"nextCursor\":\"c2\"}");
    var run = run("jobs", "--state", "working", "--limit", "3");
    assertThat(run.out().lines()).hasSize(4);
    assertThat(server.asked())
        .containsExactly(
            "GET /jobs?state=working&limit=3", "GET /jobs?state=working&limit=1&cursor=c+1");
  }

  @Test
  void jobShowsItsHistoryAndWhyItDoesNotRun() {
    server.on(
        "GET /jobs/" + ID,
        """
        {"id":"%s","kind":"document.ingest","state":"retryable","queue":"documents","attempt":1,
        "createdAt":"2026-11-23T20:16:40.123456Z","lastError":{"errorType":"TIMEOUT","message":"too slow"},
        "why":["It waits until 20:17: backoff"],
        "history":[{"at":"2026-11-23T20:16:41Z","what":"move","from":"working","to":"retryable","who":"w1",
        "why":"failed","error":{"errorType":"TIMEOUT","message":"too slow"}}]}
        """
            .formatted(ID));
    var run = run("jobs", ID);
    assertThat(run.out())
        .contains("2026-11-23 20:16:40.123Z", "working → retryable", "TIMEOUT: too slow")
        .contains("It waits until 20:17: backoff");
    assertThat(run("jobs", "explain", ID).out())
        .isEqualToIgnoringNewLines("It waits until 20:17: backoff");
  }

  @Test
  void jobsCanBeSentRoundAgainAndCancelled() {
    server.on("POST /jobs/" + ID + "/retry", "{}").on("POST /jobs/" + ID + "/cancel", "{}");
    assertThat(run("jobs", "retry", ID).out()).contains("sent round again");
    assertThat(run("jobs", "cancel", ID).out()).contains("is cancelled");
  }

  @Test
  void deadLettersAreGroupedAndRedriven() {
    server
        .on(
            "GET /dead-letters",
            "{\"items\":[{\"kind\":\"k\",\"cause\":\"TIMEOUT\",\"message\":\"slow\",\"count\":7},"
                + "{\"kind\":\"other\",\"cause\":\"X\",\"message\":\"y\",\"count\":1}]}")
        .on("POST /dead-letters/redrive", "{\"redriven\":7}");
    assertThat(run("dead-letters", "--kind", "k").out())
        .contains("TIMEOUT")
        .doesNotContain("other");
    assertThat(run("dead-letters", "--redrive", "--cause", "TIMEOUT").out())
        .contains("7 jobs sent round again");
    assertThat(server.asked().getLast())
        .isEqualTo("POST /dead-letters/redrive {\"limit\":1000,\"cause\":\"TIMEOUT\"}");
  }

  @Test
  void queuesArePausedByName() {
    server.on("POST /queues/my%20queue/pause", "");
    assertThat(run("queues", "pause", "my queue").exit()).isEqualTo(Exit.OK);
  }

  @Test
  void sqlShowsATable() {
    server.on(
        "POST /sql",
        "{\"columns\":[\"n\",\"x\"],\"rows\":[[1,null],[22,\"b\"]],\"truncated\":true}");
    var run = run("sql", "select 1");
    assertThat(run.out()).isEqualToNormalizingNewlines("n   x\n1\n22  b\n");
    assertThat(run.err()).contains("2 rows; there are more");
    assertThat(server.asked()).containsExactly("POST /sql {\"query\":\"select 1\"}");
  }

  @Test
  void jsonIsWhatTheServerSaid() {
    server.on("GET /queues", "{\"items\":[{\"name\":\"documents\",\"new\":1}]}");
    assertThat(run("queues", "--output", "json").out())
        .isEqualToIgnoringWhitespace("{\"items\":[{\"name\":\"documents\",\"new\":1}]}");
  }

  // ---- demo, with a server that runs

  private static final String RUN =
      """
      {"testRunId": "r1", "name": "Smart home", "status": "%s", "languages": ["en-US"],
       "counters": {"total": 1, "passed": %d, "error": %d}}
      """;

  /// @param answers what a search finds
  private void demoIsPossible(boolean created, String answers, String run) throws IOException {
    tell(ProcessHandle.current().pid());
    Files.writeString(
        Files.createDirectories(home.resolve("docs/guide")).resolve("01.md"), "chapter");
    Files.writeString(
        Files.createDirectories(home.resolve("examples/tests")).resolve("a.yaml"), "name: A");
    server
        .on("POST /documents", uploaded(COMPLETED, created))
        .on("GET /search", "{\"items\":[" + answers + "]}")
        .on("POST /test-assets/import", "{\"files\": [{\"action\": \"unchanged\"}]}")
        .on("GET /test-suites/Smart%20home", "{\"id\": \"s1\"}")
        .on("POST /test-runs", run)
        .on("POST /test-runs/r1/schedule", "{\"run\": " + run + "}")
        .on("GET /test-runs/r1", run)
        .on("GET /test-runs/r1/executions", "{\"items\": [" + EXECUTION + "]}")
        .on("GET /validations/v1", "{\"confidenceScore\": 81.50}")
        .on("GET /test-runs/r1/report", "<html>");
  }

  private static final String EXECUTION =
      """
      {"testCaseId": "c", "testCaseName": "A", "languageCode": "en-US", "outcome": "passed",
       "endedAt": "x", "validationId": "v1", "errorCode": "EGRESS_REFUSED"}
      """;

  private static final String HIT =
      "{\"documentName\":\"01.md\",\"place\":\"p\",\"snippet\":\"s\"}";

  @Test
  void demoFailsWhenAQuestionFindsNothing() throws IOException {
    demoIsPossible(true, "", RUN.formatted("completed", 1, 0));
    var run = CommandRun.of(home, Map.of(), "demo", "--once");
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("0 of 3 questions answered");
  }

  @Test
  void demoFailsWhenTheRunDoesNotComeToItsEndAndSaysWhy() throws IOException {
    demoIsPossible(true, HIT, RUN.formatted("completed", 0, 1));
    var run = CommandRun.of(home, Map.of(), "demo", "--once");
    assertThat(run.exit()).isEqualTo(Exit.FAILED);
    assertThat(run.out()).contains("SLUICE_EGRESS_ALLOW=" + server.url().getAuthority());
  }

  @Test
  void demoUsesTheServerThatRuns() throws IOException {
    demoIsPossible(false, HIT, RUN.formatted("completed", 1, 0));
    var run = CommandRun.of(home, Map.of(), "demo");
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .contains("Using the server that runs at " + server.url())
        .contains("1 known before (3 chunks), 3 of 3 questions answered")
        .contains("1 unchanged", "A     ✓ 81.5 %")
        .contains(server.url() + "/api/v1/documents")
        .contains(server.url() + "/api/v1/test-runs/r1/report?format=html");
    assertThat(home.resolve("data/demo-report.html")).hasContent("<html>");
  }
}
