package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// "Step Types" of the checklist.
class StepTypesHttpTest {
  private static final Flows FLOWS = new Flows(SharedServer.calls());

  private StubService service;
  private String name;

  @BeforeEach
  void open() {
    service = StubService.start();
    name = UUID.randomUUID().toString();
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void httpRequest() {
    service.answering(
        _ -> StubService.Reply.of(200, "{\"score\":7}").with("Content-Type", "application/json"));
    var done =
        FLOWS.run(
            """
            steps:
              - id: call
                type: HTTP_REQUEST
                config:
                  service: "%s"
                  method: POST
                  url: "%s/leads/${input.id}"
                  headers: {X-Team: crm}
                  query: {page: 2}
                  body: {json: {name: "${input.name}"}}
                  extract: {score: body.score}
            output: "${steps.call.output}"
            """
                .formatted(name, service.url("")),
            "{\"id\":\"7\",\"name\":\"ann\"}");
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
    assertThat(done.at("/output/status").asInt()).isEqualTo(200);
    assertThat(done.at("/output/score").asInt()).isEqualTo(7);
    var asked = service.asked().getFirst();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/leads/7?page=2");
    assertThat(asked.header("X-Team")).isEqualTo("crm");
    assertThat(asked.header("Idempotency-Key")).isNotBlank();
    assertThat(asked.body()).isEqualTo("{\"name\":\"ann\"}");
  }

  @Test
  void dataTransform() {
    var done =
        FLOWS.run(
            """
            steps:
              - {id: sum, type: DATA_TRANSFORM, config: {expression: "{'total': $sum(input.prices), 'n': $count(input.prices)}"}}
            """,
            "{\"prices\":[1,2,3.5]}");
    assertThat(done.at("/output/total").asDouble()).isEqualTo(6.5);
    assertThat(done.at("/output/n").asInt()).isEqualTo(3);
  }

  @Test
  void conditional() {
    var workflow =
        FLOWS.create(
            """
            steps:
              - id: route
                type: CONDITIONAL
                config:
                  branches:
                    - {when: "input.n > 10", steps: [{id: big, type: DATA_TRANSFORM, config: {expression: "'big'"}}]}
                    - {when: "input.n > 5", steps: [{id: mid, type: DATA_TRANSFORM, config: {expression: "'mid'"}}]}
                  else: [{id: small, type: DATA_TRANSFORM, config: {expression: "'small'"}}]
            """);
    for (var expected : java.util.Map.of("11", "big", "7", "mid", "1", "small").entrySet()) {
      var id = FLOWS.start(workflow, "{\"n\":" + expected.getKey() + "}");
      assertThat(FLOWS.ended(id).get("output").asString()).isEqualTo(expected.getValue());
      assertThat(FLOWS.step(id, expected.getValue()).get("state").asString())
          .isEqualTo("completed");
      assertThat(
              FLOWS
                  .steps(id)
                  .valueStream()
                  .filter(s -> s.get("state").asString().equals("skipped"))
                  .count())
          .isEqualTo(2);
    }
  }

  @Test
  void parallel() {
    var done =
        FLOWS.run(
            """
            steps:
              - id: both
                type: PARALLEL
                config:
                  branches:
                    - {id: left, steps: [{id: l, type: DATA_TRANSFORM, config: {expression: "1"}}]}
                    - {id: right, steps: [{id: r, type: DATA_TRANSFORM, config: {expression: "2"}}]}
            """,
            "null");
    assertThat(done.at("/output/left").asInt()).isEqualTo(1);
    assertThat(done.at("/output/right").asInt()).isEqualTo(2);
  }

  @Test
  void forEach() {
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - id: each
                    type: FOR_EACH
                    config:
                      items: input.items
                      concurrency: 2
                      steps: [{id: double, type: DATA_TRANSFORM, config: {expression: "item * 2"}}]
                """),
            "{\"items\":[1,2,3]}");
    assertThat(FLOWS.ended(id).get("output").toString()).isEqualTo("[2,4,6]");
    assertThat(FLOWS.step(id, "each").get("items").toString())
        .isEqualTo("{\"total\":3,\"completed\":3,\"failed\":0,\"running\":0}");
    var items =
        SharedServer.calls()
            .get("/api/v1/executions/" + id + "/steps/each/items?limit=2")
            .json(200);
    assertThat(items.get("items").size()).isEqualTo(2);
    assertThat(items.at("/items/1/output").asInt()).isEqualTo(4);
    assertThat(items.get("nextCursor").asString()).isNotBlank();
  }

  @Test
  void forEachOfManyItems() {
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - id: each
                    type: FOR_EACH
                    config:
                      items: "[1..300]"
                      concurrency: 100
                      steps: [{id: double, type: DATA_TRANSFORM, config: {expression: "item * 2"}}]
                """),
            "null");
    var done = FLOWS.ended(id);
    assertThat(done.get("output").size()).as(done.get("status").toString()).isEqualTo(300);
    assertThat(done.at("/output/299").asInt()).isEqualTo(600);
    assertThat(FLOWS.step(id, "each").at("/items/completed").asInt()).isEqualTo(300);
    var items =
        SharedServer.calls()
            .get("/api/v1/executions/" + id + "/steps/each/items?limit=10")
            .json(200);
    assertThat(items.at("/items/9/output").asInt()).isEqualTo(20);
  }

  @Test
  void waits() {
    var done =
        FLOWS.run(
            """
            steps:
              - {id: pause, type: WAIT, config: {duration: PT1S}}
              - {id: after, type: DATA_TRANSFORM, dependsOn: [pause], config: {expression: "'later'"}}
            """,
            "null");
    assertThat(done.get("output").asString()).isEqualTo("later");
    assertThat(done.get("durationMillis").asLong()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void webhookCall() {
    var done =
        FLOWS.run(
            """
            steps:
              - id: tell
                type: WEBHOOK_CALL
                config: {service: "%s", url: "%s", eventType: lead.enriched, payload: {id: "${input.id}"}}
            """
                .formatted(name, service.url("/hook")),
            "{\"id\":\"9\"}");
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
    var asked = service.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/hook");
    assertThat(asked.body()).contains("lead.enriched", "\"9\"");
    assertThat(asked.header("webhook-id")).isNotBlank();
  }

  @Test
  void validation() {
    var workflow =
        FLOWS.create(
            """
            steps:
              - id: check
                type: VALIDATION
                config:
                  data: "${input}"
                  schema: {type: object, required: [age], properties: {age: {type: integer, minimum: 0}}}
                  rules: [{assert: "data.age < 150", message: "nobody is that old"}]
            """);
    assertThat(FLOWS.ended(FLOWS.start(workflow, "{\"age\":30}")).get("status").asString())
        .isEqualTo("completed");
    for (var wrong : new String[] {"{\"age\":-1}", "{\"age\":200}", "{}"}) {
      var failed = FLOWS.ended(FLOWS.start(workflow, wrong));
      assertThat(failed.get("status").asString()).isEqualTo("failed");
      assertThat(failed.at("/error/code").asString()).isEqualTo("INVALID");
    }
  }

  @Test
  void subWorkflow() {
    var child =
        FLOWS.create(
            "steps: [{id: inner, type: DATA_TRANSFORM, config: {expression: \"input.n * 3\"}}]");
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - {id: sub, type: SUB_WORKFLOW, config: {workflow: "%s", input: {n: "${input.n}"}}}
                """
                    .formatted(child.get("name").asString())),
            "{\"n\":5}");
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(15);
    var children =
        SharedServer.calls().get("/api/v1/executions?parentId=" + id).json(200).get("items");
    assertThat(children.size()).isEqualTo(1);
    assertThat(children.at("/0/trigger").asString()).isEqualTo("workflow");
  }

  @Test
  void theTimeOfAStepEndsWhatItWaitsFor() {
    var child = FLOWS.create("steps: [{id: gate, type: WAIT, config: {signal: never}}]");
    var done =
        FLOWS.run(
            """
            steps:
              - {id: sub, type: SUB_WORKFLOW, timeout: PT0.5S, config: {workflow: "%s"}, onError: {action: CONTINUE, output: "${error.code}"}}
              - id: each
                type: FOR_EACH
                dependsOn: [sub]
                timeout: PT0.5S
                config:
                  items: "[1..101]"
                  concurrency: 100
                  steps: [{id: gone, type: WAIT, condition: "item = 101", config: {signal: never}}]
                onError: {action: CONTINUE, output: "${error.code}"}
            output: "${steps.sub.output & ' ' & steps.each.output}"
            """
                .formatted(child.get("name").asString()),
            "null");
    assertThat(done.get("output").asString()).isEqualTo("STEP_TIMEOUT STEP_TIMEOUT");
  }

  @Test
  void aRuleTellsTheTimeOfTheStepAndKeepsIt() {
    var rule = "r-" + name;
    SharedServer.calls()
        .post(
            "/api/v1/transformation-rules",
            "{\"name\":\"" + rule + "\",\"expression\":\"{'at': $now(), 'n': n}\"}")
        .json(201);
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - {id: made, type: DATA_TRANSFORM, config: {rule: "%s", input: {n: "${input.n}"}}}
                  - {id: gate, type: WAIT, dependsOn: [made], config: {signal: go}}
                output: "${steps.made.output}"
                """
                    .formatted(rule)),
            "{\"n\":1}");
    FLOWS.awaitStep(id, "gate", "waiting");
    var first = FLOWS.step(id, "made").get("output");
    assertThat(java.time.Instant.parse(first.get("at").asString()))
        .isAfter(java.time.Instant.parse("2020-01-01T00:00:00Z"));
    SharedServer.calls().post("/api/v1/executions/" + id + "/signals/go", "null");
    assertThat(FLOWS.ended(id).get("output")).isEqualTo(first);
  }

  @Test
  void humanTask() {
    var http = SharedServer.calls();
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - id: approve
                    type: HUMAN_TASK
                    config: {title: "Approve ${input.what}", form: {type: object, required: [ok], properties: {ok: {type: boolean}}}}
                  - {id: then, type: DATA_TRANSFORM, dependsOn: [approve], config: {expression: "steps.approve.output.ok"}}
                """),
            "{\"what\":\"it\"}");
    FLOWS.awaitStep(id, "approve", "waiting");
    var path = "/api/v1/executions/" + id + "/signals/approve";
    assertThat(
            http.post(path, "{\"ok\":\"perhaps\"}")
                .problem(400, "INVALID_INPUT")
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/ok");
    assertThat(http.post(path, "{\"ok\":true}").status()).isEqualTo(204);
    assertThat(FLOWS.ended(id).get("output").asBoolean()).isTrue();
  }
}
