package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import io.sluice.workflow.Reference;
import io.sluice.workflow.work.Definitions;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorkflowsHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String PATH = "/api/v1/workflows";

  private static String name() {
    return "flow-" + NAMES.incrementAndGet();
  }

  private static String yaml(String name, String expression) {
    return """
    # A comment of mine.
    name: %s
    description: One step
    labels: {team: crm, stage: test}
    steps:
      - {id: one, type: DATA_TRANSFORM, config: {expression: "%s"}, output: {z: null, a: 1}}
    """
        .formatted(name, expression);
  }

  private static Reply yaml(String method, String path, String body, String... headers) {
    var all = new HashMap<String, String>();
    all.put("Content-Type", "application/yaml");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return HTTP.send(method, path, BodyPublishers.ofString(body), all);
  }

  private static JsonNode created(String name) {
    return yaml("POST", PATH, yaml(name, "1")).json(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, "/api/v1/orchestration/workflows"})
  void aWorkflowIsCreatedReadListedUpdatedAndDeleted(String path) {
    var name = name();
    var created = yaml("POST", path, yaml(name, "1")).json(201);
    assertThat(created.get("name").asString()).isEqualTo(name);
    assertThat(created.get("version").asInt()).isEqualTo(1);
    assertThat(created.get("changed").asBoolean()).isTrue();
    assertThat(created.at("/labels/team").asString()).isEqualTo("crm");

    var id = created.get("id").asString();
    var read = HTTP.get(path + "/" + id);
    assertThat(read.raw().headers().firstValue("ETag")).contains("\"1\"");
    var definition = read.json(200).get("definition");
    assertThat(definition.at("/steps/0/id").asString()).isEqualTo("one");
    assertThat(definition.at("/steps/0/output").propertyNames()).containsExactly("z", "a");
    assertThat(HTTP.get(path + "/" + name).json(200)).isEqualTo(read.json());

    var listed = HTTP.get(path + "?name=" + name).json(200).get("items").get(0);
    assertThat(listed.get("id").asString()).isEqualTo(id);
    assertThat(listed.has("definition")).isFalse();

    var updated = yaml("PUT", path + "/" + name, yaml(name, "2"));
    assertThat(updated.json(200).get("version").asInt()).isEqualTo(2);
    assertThat(updated.raw().headers().firstValue("ETag")).contains("\"2\"");

    assertThat(HTTP.delete(path + "/" + id).status()).isEqualTo(204);
    HTTP.get(path + "/" + id).problem(404, "UNKNOWN_WORKFLOW");
    HTTP.delete(path + "/" + name).problem(404, "UNKNOWN_WORKFLOW");
    var again = created(name);
    assertThat(again.get("id").asString()).isNotEqualTo(id);
    assertThat(again.get("version").asInt()).isEqualTo(1);
  }

  @Test
  void jsonIsTakenToo() {
    var name = name();
    var json =
        "{\"name\":\""
            + name
            + "\",\"steps\":[{\"id\":\"a\",\"type\":\"WAIT\",\"config\":{\"duration\":\"PT1S\"}}]}";
    assertThat(HTTP.post(PATH, json).json(201).get("name").asString()).isEqualTo(name);
    var version = HTTP.get(PATH + "/" + name + "/versions/1").json(200);
    assertThat(version.get("source").asString()).isEqualTo(json);
    assertThat(version.get("format").asString()).isEqualTo("json");
  }

  @Test
  void theSameDefinitionMakesNoVersion() {
    var name = name();
    created(name);
    var again = yaml("POST", PATH, yaml(name, "1").replace("# A comment of mine.", "")).json(201);
    assertThat(again.get("changed").asBoolean()).isFalse();
    var put = yaml("PUT", PATH + "/" + name, yaml(name, "1")).json(200);
    assertThat(put.get("changed").asBoolean()).isFalse();
    assertThat(put.get("version").asInt()).isEqualTo(1);
    yaml("POST", PATH, yaml(name, "2")).problem(409, "WORKFLOW_NAME_TAKEN");
    assertThat(HTTP.get(PATH + "/" + name + "/versions").json(200).get("items")).hasSize(1);
  }

  @Test
  void aWorkflowKeepsItsName() {
    var name = name();
    created(name);
    var problem =
        yaml("PUT", PATH + "/" + name, yaml(name(), "1")).problem(400, "INVALID_DEFINITION");
    assertThat(problem.at("/errors/0/code").asString()).isEqualTo("NAME_CHANGED");
  }

  @Test
  void whoeverIsLateIsTold() {
    var name = name();
    created(name);
    yaml("PUT", PATH + "/" + name, yaml(name, "2"), "If-Match", "\"1\"").json(200);
    yaml("PUT", PATH + "/" + name, yaml(name, "3"), "If-Match", "\"1\"").problem(412, "STALE");
    yaml("PUT", PATH + "/" + name, yaml(name, "3"), "If-Match", "x").problem(400, "BAD_IF_MATCH");
    HTTP.send("DELETE", PATH + "/" + name, BodyPublishers.noBody(), Map.of("If-Match", "\"1\""))
        .problem(412, "STALE");
    yaml("PUT", PATH + "/" + name, yaml(name, "3"), "If-Match", "*").json(200);
  }

  @Test
  void manyWritersAtOnceMakeVersionsWithoutAGap() throws Exception {
    var name = name();
    created(name);
    Callable<Integer> write =
        () ->
            yaml("PUT", PATH + "/" + name, yaml(name, "" + NAMES.incrementAndGet()))
                .json(200)
                .get("version")
                .asInt();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(Collections.nCopies(8, write))) {
        assertThat(one.get()).isBetween(2, 9);
      }
    }
    var versions = HTTP.get(PATH + "/" + name + "/versions").json(200).get("items");
    assertThat(versions.valueStream().map(v -> v.get("version").asInt()))
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    var page = HTTP.get(PATH + "/" + name + "/versions?limit=4").json(200);
    var rest =
        HTTP.get(
                PATH
                    + "/"
                    + name
                    + "/versions?limit=10&cursor="
                    + page.get("nextCursor").asString())
            .json(200);
    assertThat(rest.get("items")).hasSize(5);
  }

  @Test
  void anIdempotencyKeyMakesOneWorkflow() {
    var name = name();
    var key = UUID.randomUUID().toString();
    var first = yaml("POST", PATH, yaml(name, "1"), "Idempotency-Key", key).json(201);
    assertThat(yaml("POST", PATH, yaml(name, "1"), "Idempotency-Key", key).json(201))
        .isEqualTo(first);
    yaml("POST", PATH, yaml(name, "2"), "Idempotency-Key", key)
        .problem(422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void aBadDefinitionIsRefusedWithAllThatIsWrong() {
    var bad = "name: x\nsteps:\n  - {id: a, type: WAIT, config: {}, dependsOn: [b]}\n";
    var problem = yaml("POST", PATH, bad).problem(400, "INVALID_DEFINITION");
    assertThat(problem.get("errors").valueStream().map(e -> e.get("code").asString()))
        .containsExactly("BAD_SHAPE", "UNKNOWN_STEP");
    var first = problem.get("errors").get(0);
    assertThat(first.get("pointer").asString()).isEqualTo("/steps/0/config");
    assertThat(first.get("line").asInt()).isEqualTo(3);
    assertThat(first.get("column").asInt()).isGreaterThan(1);
    HTTP.post(PATH, "{").problem(400, "INVALID_DEFINITION");
    HTTP.send("POST", PATH, BodyPublishers.ofString("a"), Map.of("Content-Type", "text/csv"))
        .problem(415, "HTTP_415");
    HTTP.send(
            "POST",
            PATH,
            BodyPublishers.ofByteArray(new byte[] {(byte) 0xff}),
            Map.of("Content-Type", "application/yaml"))
        .problem(400, "BAD_BODY");
  }

  @Test
  void aDefinitionIsCheckedWithoutBeingKept() {
    var name = name();
    var good = yaml("POST", PATH + "/validate", yaml(name, "1")).json(200);
    assertThat(good.get("valid").asBoolean()).isTrue();
    assertThat(good.get("errors")).isEmpty();
    HTTP.get(PATH + "/" + name).problem(404, "UNKNOWN_WORKFLOW");
    var bad = HTTP.post(PATH + "/validate", "{\"name\":\"x\",\"steps\":[]}").json(200);
    assertThat(bad.get("valid").asBoolean()).isFalse();
    assertThat(bad.at("/errors/0/code").asString()).isEqualTo("EMPTY");
    var warned = "name: x\nsteps: [{id: a, type: WAIT, config: {signal: go}}]";
    assertThat(yaml("POST", PATH + "/validate", warned).json(200).at("/warnings/0/code").asString())
        .isEqualTo("WAITS_FOR_EVER");
  }

  @Test
  void theSchemaIsPublished() {
    var schema = HTTP.get(PATH + "/schema").json(200);
    assertThat(schema.get("$schema").asString()).endsWith("draft/2020-12/schema");
    assertThat(schema.at("/$defs/step/properties/type/enum")).hasSize(11);
  }

  @Test
  void listsAreFilteredByLabelAndPaged() {
    var label = "l" + NAMES.incrementAndGet();
    for (int i = 0; i < 3; i++) {
      yaml("POST", PATH, yaml(name(), "1").replace("stage: test", label + ": v" + i)).json(201);
    }
    assertThat(HTTP.get(PATH + "?label=" + label).json(200).get("items")).hasSize(3);
    assertThat(HTTP.get(PATH + "?label=" + label + "%3Dv1").json(200).get("items")).hasSize(1);
    assertThat(HTTP.get(PATH + "?label=" + label + "&label=team%3Dcrm").json(200).get("items"))
        .hasSize(3);
    assertThat(HTTP.get(PATH + "?label=" + label + "%3Dv9").json(200).get("items")).isEmpty();
    var page = HTTP.get(PATH + "?limit=2&label=" + label).json(200);
    assertThat(page.get("items")).hasSize(2);
    var next =
        HTTP.get(PATH + "?limit=2&label=" + label + "&cursor=" + page.get("nextCursor").asString());
    assertThat(next.json(200).get("items")).hasSize(1);
    assertThat(next.json(200).has("nextCursor")).isFalse();
    HTTP.get(PATH + "?name=%00").problem(400, "BAD_PARAMETER");
    HTTP.get(PATH + "?limit=0").problem(400, "BAD_LIMIT");
  }

  @Test
  void versionsKeepTheirSourceAndTellTheirDifferences() {
    var name = name();
    created(name);
    var more = yaml(name, "2") + "  - {id: two, type: WAIT, config: {duration: PT1S}}\n";
    yaml("PUT", PATH + "/" + name, more).json(200);
    var first = HTTP.get(PATH + "/" + name + "/versions/1").json(200);
    assertThat(first.get("source").asString()).startsWith("# A comment of mine.");
    assertThat(first.get("format").asString()).isEqualTo("yaml");
    var diff = HTTP.get(PATH + "/" + name + "/versions/diff?from=1&to=2").json(200).get("changes");
    assertThat(
            diff.valueStream().map(c -> c.get("op").asString() + " " + c.get("pointer").asString()))
        .containsExactly("replace /steps/0/config/expression", "add /steps/1");
    HTTP.get(PATH + "/" + name + "/versions/3").problem(404, "UNKNOWN_VERSION");
    HTTP.get(PATH + "/" + name + "/versions/diff?from=1&to=9").problem(404, "UNKNOWN_VERSION");
    HTTP.get(PATH + "/" + name + "/versions/x").problem(400, "BAD_PARAMETER");
    HTTP.get(PATH + "/" + name + "/versions/diff?from=1").problem(400, "BAD_PARAMETER");
  }

  @Test
  void anAliasStandsForAVersionOrForTwo() {
    var name = name();
    created(name);
    yaml("PUT", PATH + "/" + name, yaml(name, "2")).json(200);
    var aliases = PATH + "/" + name + "/aliases";
    put(aliases + "/live", "{\"version\":1}").json(200);
    put(aliases + "/live", "{\"version\":1,\"canaryVersion\":2,\"canaryPercent\":25}").json(200);
    put(aliases + "/next", "{\"version\":2}").json(200);
    assertThat(HTTP.get(aliases).json(200).get("items")).hasSize(2);

    put(aliases + "/live", "{\"version\":7}").problem(404, "UNKNOWN_VERSION");
    put(aliases + "/latest", "{\"version\":1}").problem(400, "INVALID_ALIAS");
    put(aliases + "/x", "{\"version\":1,\"canaryVersion\":2}").problem(400, "INVALID_ALIAS");
    put(aliases + "/x", "{\"version\":1,\"canaryVersion\":1,\"canaryPercent\":100}")
        .problem(400, "INVALID_ALIAS");
    put(aliases + "/x", "{\"versions\":1}").problem(400, "BAD_BODY");

    int canary = 0;
    for (int i = 0; i < 1000; i++) {
      var execution = UUID.randomUUID();
      int number = resolved(name + "@live", execution);
      assertThat(resolved(name + "@live", execution)).isEqualTo(number);
      canary += number == 2 ? 1 : 0;
    }
    assertThat(canary).isBetween(180, 320);
    assertThat(resolved(name, UUID.randomUUID())).isEqualTo(2);
    assertThat(resolved(name + "@1", UUID.randomUUID())).isEqualTo(1);
    assertThat(resolved(name + "@next", UUID.randomUUID())).isEqualTo(2);

    assertThat(HTTP.delete(aliases + "/next").status()).isEqualTo(204);
    HTTP.delete(aliases + "/next").problem(404, "UNKNOWN_ALIAS");
  }

  private static int resolved(String reference, UUID execution) {
    return SharedServer.context()
        .getBean(Definitions.class)
        .resolve(TenantId.DEFAULT, Reference.parse(reference), execution)
        .number();
  }

  private static Reply put(String path, String json) {
    return HTTP.send(
        "PUT", path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
  }

  @Test
  void aVersionOutlivesItsWorkflow() {
    var name = name();
    created(name);
    var definitions = SharedServer.context().getBean(Definitions.class);
    var version =
        definitions.resolve(TenantId.DEFAULT, Reference.latest(name), UUID.randomUUID()).version();
    assertThat(HTTP.delete(PATH + "/" + name).status()).isEqualTo(204);
    assertThat(definitions.version(version).definition().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/versions", "/versions/1", "/versions/diff?from=1&to=2", "/aliases"})
  void whatIsUnknownIsNotFound(String path) {
    HTTP.get(PATH + "/nobody" + path).problem(404, "UNKNOWN_WORKFLOW");
    HTTP.get(PATH + "/" + new UUID(1, 1) + path).problem(404, "UNKNOWN_WORKFLOW");
    HTTP.get(PATH + "/%20%27" + path).problem(404, "UNKNOWN_WORKFLOW");
  }
}
