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
    // What is no ancestor can not be referred to.
    FLOWS
        .reply(
            "POST",
            "/api/v1/workflows",
            Flows.named(
                """
                steps:
                  - {id: one, type: DATA_TRANSFORM, config: {expression: "1"}}
                  - {id: two, type: DATA_TRANSFORM, config: {expression: "steps.one.output"}}
                """))
        .problem(400, "INVALID_DEFINITION");
  }
}
