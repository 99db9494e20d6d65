package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import org.junit.jupiter.api.Test;

/// "Variable Substitution" of the checklist.
class VariablesHttpTest {
  private static final Flows FLOWS = new Flows(SharedServer.calls());

  @Test
  void contextVariableSubstitution() {
    var done =
        FLOWS.run(
            """
            context: {region: eu, limit: 3}
            steps:
              - {id: say, type: DATA_TRANSFORM, config: {expression: "context.region & '-' & input.name & '-' & context.limit"}}
            output: {text: "${steps.say.output}", whole: "${context.limit}", mixed: "at most ${context.limit}"}
            """,
            "{\"name\":\"ann\"}");
    assertThat(done.at("/output/text").asString()).isEqualTo("eu-ann-3");
    assertThat(done.at("/output/whole").isNumber()).isTrue();
    assertThat(done.at("/output/mixed").asString()).isEqualTo("at most 3");
  }

  @Test
  void nestedFieldAccess() {
    var done =
        FLOWS.run(
            """
            steps:
              - {id: deep, type: DATA_TRANSFORM, config: {expression: "input.order.lines[1].product.name"}}
              - {id: none, type: DATA_TRANSFORM, dependsOn: [deep], config: {expression: "input.order.nothing.at.all"}}
            output: {name: "${steps.deep.output}", none: "${steps.none.output}"}
            """,
            "{\"order\":{\"lines\":[{\"product\":{\"name\":\"a\"}},{\"product\":{\"name\":\"b\"}}]}}");
    assertThat(done.at("/output/name").asString()).isEqualTo("b");
    assertThat(done.at("/output/none").isNull()).isTrue();
  }

  @Test
  void stepOutputReferences() {
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - {id: one, type: DATA_TRANSFORM, config: {expression: "{'n': 20}"}}
                  - {id: two, type: DATA_TRANSFORM, dependsOn: [one], config: {expression: "steps.one.output.n + 1"}}
                  - {id: three, type: DATA_TRANSFORM, dependsOn: [two], config: {expression: "steps.one.output.n * steps.two.output"}}
                """),
            "null");
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(420);
    // What is no ancestor can not be referred to, and what can never begin is no step.
    refused(
        "NOT_AN_ANCESTOR",
        """
        steps:
          - {id: one, type: DATA_TRANSFORM, config: {expression: "1"}}
          - {id: two, type: DATA_TRANSFORM, config: {expression: "steps.one.output"}}
        """);
    refused(
        "UNREACHABLE_STEP",
        """
        steps:
          - id: p
            type: PARALLEL
            config: {branches: {left: [{id: l, type: DATA_TRANSFORM, config: {expression: "1"}}]}}
          - {id: after, type: DATA_TRANSFORM, dependsOn: [l], config: {expression: "1"}}
        """);
  }

  private static void refused(String code, String definition) {
    var faults =
        FLOWS
            .reply("POST", "/api/v1/workflows", Flows.named(definition))
            .problem(400, "INVALID_DEFINITION")
            .get("errors");
    assertThat(faults.valueStream().map(e -> e.get("code").asString())).contains(code);
    assertThat(faults.get(0).get("pointer").asString()).startsWith("/steps/1/");
  }

  @Test
  void aSkippedStepIsNullAndItemsAreAlwaysAList() {
    var done =
        FLOWS.run(
            """
            steps:
              - {id: no, type: DATA_TRANSFORM, condition: "false", config: {expression: "1"}}
              - {id: yes, type: DATA_TRANSFORM, dependsOn: [no], config: {expression: "{'was': steps.no.output, 'status': steps.no.status}"}}
              - {id: one, type: FOR_EACH, config: {items: input.single, steps: [{id: a, type: DATA_TRANSFORM, config: {expression: "item & '!'"}}]}}
              - {id: none, type: FOR_EACH, config: {items: input.nothing, steps: [{id: b, type: DATA_TRANSFORM, config: {expression: "item"}}]}}
              - {id: found, type: FOR_EACH, config: {items: "input.list[n = 2]", steps: [{id: c, type: DATA_TRANSFORM, config: {expression: "item.n"}}]}}
            output: {yes: "${steps.yes.output}", one: "${steps.one.output}", none: "${steps.none.output}", found: "${steps.found.output}"}
            """,
            "{\"single\":\"x\",\"list\":[{\"n\":1},{\"n\":2}]}");
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
    assertThat(done.at("/output/yes/was").isNull()).isTrue();
    assertThat(done.at("/output/yes/status").asString()).isEqualTo("skipped");
    assertThat(done.at("/output/one").toString()).isEqualTo("[\"x!\"]");
    assertThat(done.at("/output/none").toString()).isEqualTo("[]");
    assertThat(done.at("/output/found").toString()).isEqualTo("[2]");
  }
}
