package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RulesAndTemplatesHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String RULES = "/api/v1/transformation-rules";
  private static final String TEMPLATES = "/api/v1/workflow-templates";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static String name(String prefix) {
    return prefix + NAMES.incrementAndGet();
  }

  private static String rule(String name, String expression) {
    return JSON.writeValueAsString(Map.of("name", name, "expression", expression));
  }

  private static Reply put(String path, String body, String... headers) {
    var all = new HashMap<String, String>();
    all.put("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return HTTP.send("PUT", path, BodyPublishers.ofString(body), all);
  }

  @Test
  void aRuleIsKeptInVersions() {
    var name = name("rule-");
    var created = HTTP.post(RULES, rule(name, "a + 1")).json(201);
    assertThat(created.get("version").asInt()).isEqualTo(1);
    HTTP.post(RULES, rule(name, "a + 2")).problem(409, "RULE_NAME_TAKEN");
    assertThat(put(RULES + "/" + name, rule(name, "a + 1")).json(200).get("version").asInt())
        .isEqualTo(1);
    assertThat(put(RULES + "/" + name, rule(name, "a + 2")).json(200).get("version").asInt())
        .isEqualTo(2);
    assertThat(HTTP.get(RULES + "/" + name + "?version=1").json(200).get("expression").asString())
        .isEqualTo("a + 1");
    assertThat(HTTP.get(RULES + "/" + name + "/versions").json(200).get("items")).hasSize(2);
    HTTP.get(RULES + "/" + name + "?version=3").problem(404, "UNKNOWN_VERSION");

    var etag = HTTP.get(RULES + "/" + name).raw().headers().firstValue("ETag").orElseThrow();
    assertThat(put(RULES + "/" + name, rule(name, "a + 3"), "If-Match", etag).status())
        .isEqualTo(200);
    put(RULES + "/" + name, rule(name, "a + 4"), "If-Match", etag).problem(412, "STALE");
    assertThat(HTTP.get(RULES).json(200).at("/items/0/name").asString()).isEqualTo(name);

    assertThat(HTTP.delete(RULES + "/" + created.get("id").asString()).status()).isEqualTo(204);
    HTTP.get(RULES + "/" + name).problem(404, "UNKNOWN_RULE");
    HTTP.post(RULES, rule(name, "a")).json(201);
  }

  @Test
  void aBadRuleIsRefused() {
    var problem = HTTP.post(RULES, rule("Not A Name", "a +")).problem(400, "INVALID_RULE");
    assertThat(problem.get("errors").valueStream().map(e -> e.get("pointer").asString()))
        .containsExactly("/name", "/expression");
    HTTP.post(RULES, "{\"name\":\"x\"}").problem(400, "BAD_BODY");
    HTTP.post(RULES, "{\"name\":\"x\",\"expression\":\"1\",\"inputSchema\":{\"type\":\"nothing\"}}")
        .problem(400, "INVALID_RULE");
    HTTP.post(RULES, "{\"nam\":\"x\"}").problem(400, "BAD_BODY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"input\":{\"price\":2,\"count\":3}} | true | 6 | ",
        "{\"input\":{\"price\":2,\"count\":3},\"expression\":\"price + count\"} | true | 5 | ",
        "{\"input\":{\"price\":2,\"count\":3},\"expression\":\"$length($now()) > 10 ? 1 : 0\"} | true | 1 | ",
        "{\"input\":{\"price\":2}} | false | | RULE_INPUT",
        "{\"input\":{\"price\":2,\"count\":3},\"expression\":\"'x'\"} | false | | RULE_OUTPUT",
        "{\"input\":{\"price\":2,\"count\":3},\"expression\":\"price +\"} | false | | EXPRESSION_MALFORMED",
        "{\"input\":{\"price\":\"x\",\"count\":3},\"expression\":\"price * count\"} | false | | EXPRESSION_FAILED",
        "{\"input\":{\"price\":1,\"count\":1},\"expression\":\"($f := function($n) {$f($n + 1)}; $f(1))\"} | false | | EXPRESSION_TOO_COSTLY",
      })
  void aRuleIsTriedOnSampleData(String trial, boolean ok, String output, String code) {
    var name = name("priced-");
    HTTP.post(
            RULES,
            """
            {"name": "%s", "expression": "price * count",
             "inputSchema": {"type": "object", "required": ["price", "count"]},
             "outputSchema": {"type": "number"}}
            """
                .formatted(name))
        .json(201);
    var preview = HTTP.post(RULES + "/" + name + "/preview", trial).json(200);
    assertThat(preview.get("ok").asBoolean()).as(preview.toString()).isEqualTo(ok);
    if (ok) {
      assertThat(preview.get("output").toString()).isEqualTo(output);
    } else {
      assertThat(preview.get("code").asString()).isEqualTo(code);
      assertThat(preview.get("detail").asString()).isNotBlank();
      assertThat(preview.has("position")).isEqualTo(code.equals("EXPRESSION_MALFORMED"));
    }
  }

  @Test
  void threeTemplatesComeWithTheServer() {
    var listed = HTTP.get(TEMPLATES).json(200).get("items");
    assertThat(
            listed
                .valueStream()
                .filter(t -> t.get("builtIn").asBoolean())
                .map(t -> t.get("name").asString()))
        .containsExactly("approval", "nightly-ingest", "parallel-enrichment");
    var one = HTTP.get(TEMPLATES + "/approval").json(200);
    assertThat(HTTP.get(TEMPLATES + "/" + one.get("id").asString()).json(200)).isEqualTo(one);
    assertThat(HTTP.delete(TEMPLATES + "/approval").status()).isEqualTo(409);
    HTTP.delete(TEMPLATES + "/approval").problem(409, "TEMPLATE_READ_ONLY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "approval | {\"answerUrl\": \"https://a.example/x\"}",
        "nightly-ingest | {\"listUrl\": \"https://a.example/x\"}",
        "parallel-enrichment | {\"recordsUrl\": \"https://a.example/r\", \"profileUrl\": \"https://a.example/p\", \"scoreUrl\": \"https://a.example/s\"}",
      })
  void eachOfThemMakesAWorkflow(String template, String parameters) {
    var dry =
        HTTP.post(
                TEMPLATES + "/" + template + "/instantiate",
                "{\"dryRun\": true, \"parameters\": " + parameters + "}")
            .json(200);
    assertThat(dry.has("workflow")).isFalse();
    assertThat(dry.get("definition").toString()).doesNotContain("{{");
    var name = name(template + "-");
    var values = parameters.replaceFirst("\\{", "{\"workflow\": \"" + name + "\", ");
    var made =
        HTTP.post(TEMPLATES + "/" + template + "/instantiate", "{\"parameters\": " + values + "}")
            .json(201);
    assertThat(made.at("/workflow/name").asString()).isEqualTo(name);
    HTTP.get("/api/v1/workflows/" + name).json(200);
    HTTP.post(TEMPLATES + "/" + template + "/instantiate", "{\"parameters\": {\"x\": 1}}")
        .problem(400, "INVALID_PARAMETERS");
  }

  @Test
  void aTemplateOfOnesOwn() {
    var name = name("template-");
    var yaml =
        """
        name: %s
        parameters:
          - {name: workflow, type: string}
          - {name: wait, type: duration, default: PT1S}
          - {name: parallel, type: integer, min: 1, default: 3}
        body:
          name: "{{workflow}}"
          concurrency: "{{parallel}}"
          steps:
            - {id: w, type: WAIT, config: {duration: "{{wait}}"}}
        """
            .formatted(name);
    var headers = Map.of("Content-Type", "application/yaml");
    var created = HTTP.send("POST", TEMPLATES, BodyPublishers.ofString(yaml), headers).json(201);
    assertThat(created.get("builtIn").asBoolean()).isFalse();
    HTTP.send("POST", TEMPLATES, BodyPublishers.ofString(yaml), headers)
        .problem(409, "TEMPLATE_NAME_TAKEN");

    var workflow = name("made-");
    var values = "{\"parameters\": {\"workflow\": \"%s\", \"parallel\": 5}}".formatted(workflow);
    var made = HTTP.post(TEMPLATES + "/" + name + "/instantiate", values).json(201);
    assertThat(made.at("/definition/concurrency").isInt()).isTrue();
    assertThat(made.at("/definition/steps/0/config/duration").asString()).isEqualTo("PT1S");

    var broken = "{\"dryRun\": true, \"parameters\": {\"workflow\": \"Not A Name\"}}";
    var problem =
        HTTP.post(TEMPLATES + "/" + name + "/instantiate", broken)
            .problem(400, "INVALID_DEFINITION");
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/name");

    var path = TEMPLATES + "/" + name;
    var changed = yaml.replace("PT1S", "PT2S");
    var stale = Map.of("Content-Type", "application/yaml", "If-Match", "\"1\"");
    HTTP.send("PUT", path, BodyPublishers.ofString(changed), stale).json(200);
    HTTP.send("PUT", path, BodyPublishers.ofString(changed), stale).problem(412, "STALE");
    HTTP.send("PUT", path, BodyPublishers.ofString("name: x"), headers)
        .problem(400, "INVALID_TEMPLATE");
    assertThat(HTTP.delete(path).status()).isEqualTo(204);
    HTTP.get(path).problem(404, "UNKNOWN_TEMPLATE");
    HTTP.get("/api/v1/workflows/" + workflow).json(200);
  }
}
