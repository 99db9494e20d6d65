package io.sluice.workflow.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowTestFileTest {
  private static final String WORKFLOW =
      """
      name: enrich-lead
      steps:
        - id: fetch
          type: HTTP_REQUEST
          config: {service: crm, method: GET, url: "https://crm.example/leads/${input.id}", extract: {score: body.score}, auth: {type: BEARER, token: "${secrets.crm}"}}
          retry: {strategy: EXPONENTIAL, maxAttempts: 4, initialDelay: PT1S, maxDelay: PT30S, when: "status >= 500"}
        - id: each
          type: FOR_EACH
          dependsOn: [fetch]
          config: {items: "${steps.fetch.output.body.contacts}", concurrency: 5, steps: [{id: call, type: HTTP_REQUEST, config: {service: crm, method: POST, url: "https://crm.example/notify/${item.id}"}}]}
        - {id: pause, type: WAIT, dependsOn: [each], config: {duration: PT1H}}
        - {id: sum, type: DATA_TRANSFORM, dependsOn: [pause], config: {expression: "${ {'n': $count(steps.each.output)} }"}}
        - {id: late, type: DATA_TRANSFORM, dependsOn: [sum], condition: "steps.fetch.output.score > 100", config: {expression: "1"}}
        - {id: asked, type: HUMAN_TASK, dependsOn: [sum], condition: "steps.fetch.output.score > 50", config: {title: t, form: {type: object}}}
      output: "${steps.sum.output}"
      """;

  @TempDir Path directory;

  private WorkflowTestFile file(String cases) throws Exception {
    Files.writeString(directory.resolve("enrich.yaml"), WORKFLOW);
    var file = directory.resolve("enrich.test.yaml");
    Files.writeString(file, "workflow: enrich.yaml\ncases:\n" + cases.indent(2));
    return WorkflowTestFile.read(file);
  }

  @Test
  void passesWhenAllIsAsExpected() throws Exception {
    var results =
        file("""
        - name: two contacts, after an outage
          input: {id: "7"}
          given:
            fetch:
              - error: {code: UNEXPECTED_STATUS, status: 503}
              - output: {status: 200, body: {score: 9, contacts: [{id: a}, {id: b}]}}
            call: {output: {status: 200}}
          expect:
            output: {n: 2}
            run: [fetch, each, call, pause, sum]
            skipped: [late, asked]
            assert: ["steps.fetch.output.score = 9", "seconds >= 3600", "steps.fetch.input.url = 'https://crm.example/leads/7'"]
        - name: not found
          input: {id: "8"}
          given: {fetch: {error: {code: UNEXPECTED_STATUS, status: 404}}}
          expect: {error: {step: fetch, errorType: UNEXPECTED_STATUS}}
        """)
            .run();
    assertThat(results).allSatisfy(result -> assertThat(result.faults()).isEmpty());
  }

  @Test
  void saysWhatDiffers() throws Exception {
    var results =
        file("""
        - name: nothing given
          input: {id: "7"}
        - name: wrong
          input: {id: "7"}
          given: {fetch: {output: {status: 200, body: {score: 60, contacts: []}}}}
          expect: {output: {n: 1}, run: [late], assert: ["output.n > 5"]}
        """)
            .run();
    assertThat(results.get(0).faults())
        .anyMatch(fault -> fault.contains("'fetch' is given nothing"));
    assertThat(results.get(1).faults())
        .anyMatch(fault -> fault.contains("'asked' is given nothing"))
        .anyMatch(fault -> fault.startsWith("run are"))
        .anyMatch(fault -> fault.startsWith("does not hold"));
  }

  @Test
  void refusesFieldsThatItDoesNotKnow() {
    assertThatThrownBy(() -> file("- {name: a, inputs: {}}"))
        .isInstanceOf(WorkflowTestFile.Unusable.class)
        .hasMessageContaining("inputs");
  }
}
