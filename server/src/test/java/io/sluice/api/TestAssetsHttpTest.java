package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import io.sluice.testing.model.Selection;
import io.sluice.testing.model.TestLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TestAssetsHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String CASES = "/api/v1/test-cases";
  private static final String ITEMS = "/api/v1/test-items";
  private static final String SUITES = "/api/v1/test-suites";
  private static final String ASSETS = "/api/v1/test-assets";

  private static String name() {
    return "asset-" + NAMES.incrementAndGet();
  }

  private static String light(String name, String intent) {
    return """
    # A comment of mine.
    name: %s
    type: voice
    tags: [lights, tag-%s]
    priority: 3
    languages:
      es-MX: {utterance: enciende la luz, expect: {intent: %s}}
      en-US: {utterance: turn on the light, expect: {intent: %s}}
    """
        .formatted(name, name.replace(' ', '-'), intent, intent);
  }

  private static Reply yaml(String method, String path, String body, String... headers) {
    var all = new HashMap<String, String>();
    all.put("Content-Type", "application/yaml");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return HTTP.send(method, path, BodyPublishers.ofString(body), all);
  }

  private static Reply take(String query, Map<String, String> files) {
    var list = new ArrayList<Map<String, String>>();
    files.forEach((path, text) ->
        list.add(
            path.endsWith(".wav")
                ? Map.of("path", path, "base64", text)
                : Map.of("path", path, "text", text)));
    return HTTP.post(ASSETS + "/import" + query, JSON.writeValueAsString(Map.of("files", list)));
  }

  private static List<String> told(JsonNode files) {
    return files
        .valueStream()
        .map(f -> f.path("path").asString("") + " " + f.path("action").asString("-"))
        .toList();
  }

  @Test
  void aCaseIsCreatedReadListedUpdatedAndDeleted() {
    var name = name();
    var created = yaml("POST", CASES, light(name, "on")).json(201);
    assertThat(created.get("changed").asBoolean()).isTrue();
    var asset = created.get("asset");
    assertThat(asset.get("version").asInt()).isEqualTo(1);
    assertThat(asset.get("kind").asString()).isEqualTo("case");
    assertThat(asset.get("type").asString()).isEqualTo("voice");
    assertThat(asset.get("priority").asInt()).isEqualTo(3);

    var id = asset.get("id").asString();
    var read = HTTP.get(CASES + "/" + id);
    assertThat(read.raw().headers().firstValue("ETag")).contains("\"1\"");
    assertThat(read.json(200).at("/definition/languages").propertyNames())
        .containsExactly("es-MX", "en-US");
    assertThat(HTTP.get(CASES + "/" + name).json(200)).isEqualTo(read.json());

    var listed = HTTP.get(CASES + "?tag=tag-" + name + "&type=voice").json(200).get("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).has("definition")).isFalse();
    assertThat(HTTP.get(CASES + "?tag=tag-" + name + "&type=http").json(200).get("items"))
        .isEmpty();
    HTTP.get(CASES + "?type=voise").problem(400, "BAD_PARAMETER");

    var updated = yaml("PUT", CASES + "/" + name, light(name, "off"));
    assertThat(updated.json(200).at("/asset/version").asInt()).isEqualTo(2);
    assertThat(HTTP.delete(CASES + "/" + id).status()).isEqualTo(204);
    HTTP.delete(CASES + "/" + id).problem(404, "UNKNOWN_TEST_CASE");
    HTTP.get(CASES + "/" + name).problem(404, "UNKNOWN_TEST_CASE");
    assertThat(HTTP.get(CASES + "?name=" + name + "&archived=true").json(200).get("items"))
        .hasSize(1);
    assertThat(HTTP.get(CASES + "/" + id).json(200).has("deletedAt")).isTrue();
    yaml("PUT", CASES + "/" + id, light(name, "on")).problem(404, "UNKNOWN_TEST_CASE");
    var again = yaml("POST", CASES, light(name, "on")).json(201).get("asset");
    assertThat(again.get("id").asString()).isNotEqualTo(id);
  }

  @Test
  void theSameDefinitionMakesNoVersion() {
    var name = name();
    yaml("POST", CASES, light(name, "on")).json(201);
    var again = yaml("POST", CASES, light(name, "on").replace("# A comment of mine.", ""));
    assertThat(again.json(201).get("changed").asBoolean()).isFalse();
    yaml("POST", CASES, light(name, "off")).problem(409, "ASSET_NAME_TAKEN");
    assertThat(
            yaml("PUT", CASES + "/" + name, light(name, "on"))
                .json(200)
                .at("/asset/version")
                .asInt())
        .isEqualTo(1);
    yaml("PUT", CASES + "/" + name, light(name, "off")).json(200);
    var versions = HTTP.get(CASES + "/" + name + "/versions").json(200).get("items");
    assertThat(versions.valueStream().map(v -> v.get("version").asInt())).containsExactly(2, 1);
    var first = HTTP.get(CASES + "/" + name + "/versions/1").json(200);
    assertThat(first.get("source").asString()).startsWith("# A comment of mine.");
    var diff = HTTP.get(CASES + "/" + name + "/versions/diff?from=1&to=2").json(200).get("changes");
    assertThat(diff.valueStream().map(c -> c.get("pointer").asString()))
        .containsExactly("/languages/es-MX/expect/intent", "/languages/en-US/expect/intent");
    HTTP.get(CASES + "/" + name + "/versions/3").problem(404, "UNKNOWN_VERSION");
    // Versions of what was deleted can still be read: runs have pinned them.
    var id = HTTP.get(CASES + "/" + name).json(200).get("id").asString();
    HTTP.delete(CASES + "/" + id);
    assertThat(HTTP.get(CASES + "/" + id + "/versions/2").json(200).get("sha256").asString())
        .hasSize(64);
  }

  @Test
  void whoeverIsLateIsTold() {
    var name = name();
    yaml("POST", CASES, light(name, "a")).json(201);
    yaml("PUT", CASES + "/" + name, light(name, "b"), "If-Match", "\"1\"").json(200);
    yaml("PUT", CASES + "/" + name, light(name, "c"), "If-Match", "\"1\"").problem(412, "STALE");
    yaml("PUT", CASES + "/" + name, light(name, "c"), "If-Match", "x").problem(400, "BAD_IF_MATCH");
    HTTP.send("DELETE", CASES + "/" + name, BodyPublishers.noBody(), Map.of("If-Match", "\"1\""))
        .problem(412, "STALE");
    var renamed = yaml("PUT", CASES + "/" + name, light(name(), "c"));
    assertThat(renamed.problem(400, "INVALID_DEFINITION").at("/errors/0/code").asString())
        .isEqualTo("NAME_CHANGED");
  }

  @Test
  void manyWritersAtOnceMakeVersionsWithoutAGap() throws Exception {
    var name = name();
    yaml("POST", CASES, light(name, "on")).json(201);
    Callable<Integer> write =
        () ->
            yaml("PUT", CASES + "/" + name, light(name, "i" + NAMES.incrementAndGet()))
                .json(200)
                .at("/asset/version")
                .asInt();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(Collections.nCopies(8, write))) {
        assertThat(one.get()).isBetween(2, 9);
      }
    }
    var versions = HTTP.get(CASES + "/" + name + "/versions").json(200).get("items");
    assertThat(versions.valueStream().map(v -> v.get("version").asInt()))
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void anIdempotencyKeyMakesOneCase() {
    var name = name();
    var key = UUID.randomUUID().toString();
    var first = yaml("POST", CASES, light(name, "on"), "Idempotency-Key", key).json(201);
    assertThat(yaml("POST", CASES, light(name, "on"), "Idempotency-Key", key).json(201))
        .isEqualTo(first);
    yaml("POST", CASES, light(name, "off"), "Idempotency-Key", key)
        .problem(422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void mistakesAreToldAllAtOnceWithTheirPlaces() {
    var bad = "name: A\ntype: voice\ntag: [x]\nlanguages:\n  en_US: {uterance: hi}\n";
    var errors = yaml("POST", CASES, bad).problem(400, "INVALID_DEFINITION").get("errors");
    assertThat(errors.valueStream().map(e -> e.get("code").asString() + " " + e.get("line")))
        .contains("UNKNOWN_FIELD 3", "BAD_FORMAT 5", "UNKNOWN_FIELD 5", "MISSING_FIELD 5");
    var checked = yaml("POST", ASSETS + "/validate", bad).json(200);
    assertThat(checked.get("valid").asBoolean()).isFalse();
    assertThat(checked.get("kind").asString()).isEqualTo("case");
    assertThat(checked.get("errors")).isEqualTo(errors);
    var suite = yaml("POST", ASSETS + "/validate?kind=suite", "name: A\nselect: a b\n").json(200);
    assertThat(suite.at("/errors/0/code").asString()).isEqualTo("BAD_SELECTOR");
    yaml("POST", ASSETS + "/validate?kind=sweet", "name: A").problem(400, "BAD_PARAMETER");
    HTTP.post(CASES, "{").problem(400, "INVALID_DEFINITION");
  }

  @ParameterizedTest
  @ValueSource(strings = {CASES, ITEMS, SUITES})
  void theSchemaIsWhole(String path) {
    var schema = HTTP.get(path + "/schema").json(200);
    assertThat(schema.get("$schema").asString()).contains("2020-12");
    for (var ref : schema.findValuesAsString("$ref")) {
      assertThat(schema.at(ref.substring(1)).isObject()).as(ref).isTrue();
    }
  }

  @Test
  void anImportIsStoredAsAWholeOrNotAtAll() {
    var name = name();
    var files = new HashMap<String, String>();
    files.put("cases/a.yaml", light(name + " a", "on"));
    files.put(
        "cases/b.yaml",
        "name: %s b\ntype: http\nsteps: [{item: %s say, arguments: {text: hi}}]\n"
            .formatted(name, name));
    files.put(
        "items/say.yaml",
        "name: %s say\nparameters: [text]\nsteps: [{url: 'https://host/${args.text}'}]\n"
            .formatted(name));
    files.put(
        "suites/s.yaml", "name: %s\ncases: [%s a, %s b, %s c]\n".formatted(name, name, name, name));

    var refused = take("", files).problem(400, "INVALID_FILES");
    assertThat(refused.get("errors")).hasSize(1);
    var error = refused.at("/errors/0");
    assertThat(error.get("file").asString()).isEqualTo("suites/s.yaml");
    assertThat(error.get("code").asString()).isEqualTo("UNKNOWN_CASE");
    assertThat(error.get("line").asInt()).isEqualTo(2);
    HTTP.get(CASES + "/" + name + "%20a").problem(404, "UNKNOWN_TEST_CASE");

    files.put("suites/s.yaml", "name: %s\ncases: [%s a, %s b]\n".formatted(name, name, name));
    var tried = take("?dryRun=true", files).json(200);
    assertThat(tried.get("stored").asBoolean()).isFalse();
    assertThat(told(tried.get("files")))
        .containsExactly(
            "items/say.yaml created",
            "cases/a.yaml created",
            "cases/b.yaml created",
            "suites/s.yaml created");
    HTTP.get(CASES + "/" + name + "%20a").problem(404, "UNKNOWN_TEST_CASE");

    assertThat(take("", files).json(200).get("stored").asBoolean()).isTrue();
    assertThat(HTTP.get(CASES + "/" + name + "%20b").json(200).get("path").asString())
        .isEqualTo("cases/b.yaml");
    assertThat(told(take("", files).json(200).get("files"))).allMatch(t -> t.endsWith("unchanged"));
    files.put("cases/a.yaml", light(name + " a", "off"));
    assertThat(told(take("", files).json(200).get("files"))).contains("cases/a.yaml updated");

    HTTP.delete(ITEMS + "/" + name + "%20say").problem(409, "ASSET_IN_USE");
    var exported = HTTP.get(ASSETS + "/export?suite=" + name).json(200).get("files");
    var back = new HashMap<String, String>();
    exported.forEach(f -> back.put(f.get("path").asString(), f.get("text").asString()));
    assertThat(back).isEqualTo(files);
  }

  @Test
  void filesThatCanNotBeTakenAreNamed() {
    var files =
        new TreeMap<>(
            Map.of(
                "../a.yaml", "name: A",
                "notes.txt", "hello",
                "voice.wav",
                    Base64.getEncoder().encodeToString("no wav".getBytes(StandardCharsets.UTF_8)),
                "cases/one.yaml", light("twice", "on"),
                "cases/two.yaml", light("twice", "on")));
    var problem = take("", files).problem(400, "INVALID_FILES");
    assertThat(
            problem
                .get("errors")
                .valueStream()
                .map(e -> e.get("file").asString() + " " + e.get("code").asString()))
        .containsExactlyInAnyOrder(
            "../a.yaml BAD_PATH",
            "notes.txt BAD_FILE",
            "voice.wav BAD_RECORDING",
            "cases/two.yaml DUPLICATE_NAME");
    HTTP.post(ASSETS + "/import", "{\"files\":[]}").problem(400, "BAD_BODY");
    HTTP.post(ASSETS + "/import", "{\"files\":[{\"path\":\"a.yaml\"}]}").problem(400, "BAD_BODY");
    HTTP.post(ASSETS + "/import", "{\"file\":[]}").problem(400, "BAD_BODY");
  }

  @Test
  void recordingsComeAlongAndGoBack() {
    var name = name();
    var wav = "RIFF0000WAVE" + name;
    var base64 = Base64.getEncoder().encodeToString(wav.getBytes(StandardCharsets.UTF_8));
    var test =
        """
        name: %s
        type: voice
        languages:
          en-US: {recording: {file: ../sounds/hi.wav}, expect: {intent: greet}}
        """
            .formatted(name);
    var lost = yaml("POST", CASES, test).problem(400, "INVALID_DEFINITION");
    assertThat(lost.at("/errors/0/code").asString()).isEqualTo("UNKNOWN_RECORDING");
    var files = Map.of("cases/" + name + ".yaml", test, "sounds/hi.wav", base64);
    take("", files).json(200);
    var definition = HTTP.get(CASES + "/" + name).json(200).get("definition");
    var sha256 = definition.at("/languages/en-US/recording/sha256").asString();
    assertThat(sha256).hasSize(64);

    var library = SharedServer.context().getBean(TestLibrary.class);
    var turn =
        library
            .cases(TenantId.DEFAULT, List.of(name))
            .choices()
            .getFirst()
            .testCase()
            .in("en-US")
            .turns()
            .getFirst();
    assertThat(library.recording(TenantId.DEFAULT, turn.recording()))
        .isEqualTo(wav.getBytes(StandardCharsets.UTF_8));
    yaml("POST", SUITES, "name: %s\ncases: [%s]\n".formatted(name, name)).json(201);
    var exported = HTTP.get(ASSETS + "/export?suite=" + name).json(200).get("files");
    assertThat(exported.valueStream().map(f -> f.get("path").asString()))
        .containsExactly("cases/" + name + ".yaml", "sounds/hi.wav", "suites/" + name + ".yaml");
    assertThat(exported.get(1).get("base64").asString()).isEqualTo(base64);
    // The hash is enough once the bytes are there.
    yaml("PUT", CASES + "/" + name, test.replace("hi.wav", "hi.wav, sha256: " + sha256)).json(200);
    var other = test.replace("hi.wav", "hi.wav, sha256: " + "0".repeat(64));
    yaml("PUT", CASES + "/" + name, other).problem(400, "INVALID_DEFINITION");
  }

  @Test
  void aFolderGoesOutAsAZipAndComesInAsAForm() throws Exception {
    var name = name();
    var boundary = "zzz";
    var form =
        "--zzz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cases/%s.yaml\"\r\n\r\n%s\r\n--zzz--\r\n"
            .formatted(name, light(name, "on"));
    HTTP.send(
            "POST",
            ASSETS + "/import",
            BodyPublishers.ofString(form),
            Map.of("Content-Type", "multipart/form-data; boundary=" + boundary))
        .json(200);
    assertThat(unzipped().get("cases/" + name + ".yaml")).isEqualTo(light(name, "on"));
    HTTP.get(ASSETS + "/export?format=tar").problem(400, "BAD_PARAMETER");
    HTTP.get(ASSETS + "/export?suite=nobody").problem(404, "UNKNOWN_TEST_SUITE");
  }

  private static Map<String, String> unzipped() throws IOException, InterruptedException {
    var uri = URI.create(HTTP.base() + "/api/v1/test-assets/export?format=zip");
    byte[] body;
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
      body = answer.body();
    }
    var files = new HashMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(body))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void whatWasWrittenAsJsonIsExportedAsYaml() {
    var name = name();
    var json =
        """
        {"name":"%s é","type":"manual","steps":[{"instruction":"look: closely"}],"tags":["1","yes"]}
        """
            .formatted(name);
    HTTP.post(CASES, json).json(201);
    yaml("POST", SUITES, "name: %s\ncases: ['%s é']\n".formatted(name, name)).json(201);
    var files = HTTP.get(ASSETS + "/export?suite=" + name).json(200).get("files");
    assertThat(files.get(0).get("path").asString()).isEqualTo("cases/" + name + "-e.yaml");
    var text = files.get(0).get("text").asString();
    assertThat(text).startsWith("name: " + name + " é\n");
    assertThat(take("", Map.of("cases/x.yaml", text)).json(200).at("/files/0/action").asString())
        .isEqualTo("unchanged");
  }

  @Test
  void aSuiteChoosesInOrderAndPinsWhatItHasChosen() {
    var name = name();
    for (var one : List.of("b", "a", "c")) {
      yaml("POST", CASES, light(name + " " + one, "on").replace("tag-", name + "-")).json(201);
    }
    yaml(
            "POST",
            SUITES,
            """
            name: %1$s
            cases:
              - %1$s c
              - {case: %1$s a, skip: true, reason: broken, overrides: {priority: 1}}
            select: name:"%1$s*" and lights
            """
                .formatted(name))
        .json(201);
    var chosen = HTTP.get(SUITES + "/" + name + "/selection").json(200).get("items");
    assertThat(
            chosen
                .valueStream()
                .map(c -> c.get("name").asString() + " " + c.path("skipped").asString("-")))
        .containsExactly(name + " c -", name + " a broken", name + " b -");
    assertThat(chosen.get(1).get("priority").asInt()).isEqualTo(1);

    var library = SharedServer.context().getBean(TestLibrary.class);
    var before = library.suite(TenantId.DEFAULT, name);
    yaml("PUT", CASES + "/" + name + "%20b", light(name + " b", "off")).json(200);
    HTTP.delete(CASES + "/" + name + "%20c");
    var pinned = library.pinned(before.pins());
    assertThat(names(pinned)).isEqualTo(names(before));
    assertThat(pinned.choices().get(1).skipped()).isEqualTo("broken");
    assertThat(pinned.choices().get(2).pinned().version()).isEqualTo(1);
    assertThat(names(library.suite(TenantId.DEFAULT, name)))
        .containsExactly(name + " a 1", name + " b 2");
  }

  private static List<String> names(Selection selection) {
    return selection.choices().stream()
        .map(c -> c.testCase().name() + " " + c.pinned().version())
        .toList();
  }
}
