package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// "Complex Workflows" of the checklist.
class ComplexWorkflowsHttpTest {
  private static final Flows FLOWS = new Flows(SharedServer.calls());

  private StubService service;

  @BeforeEach
  void open() {
    service = StubService.start();
  }

  @AfterEach
  void close() {
    service.close();
  }

  private String call(String id, String more) {
    return "{id: %s, type: HTTP_REQUEST, config: {service: \"%s\", method: POST, url: \"%s\"}%s}"
        .formatted(id, UUID.randomUUID(), service.url("/" + id), more);
  }

  private List<String> paths() {
    return service.asked().stream().map(StubService.Asked::path).toList();
  }

  @Test
  void multiStepSequentialWorkflow() {
    var steps = new StringBuilder("steps:\n  - ").append(call("s0", ""));
    for (int i = 1; i < 6; i++) {
      steps.append("\n  - ").append(call("s" + i, ", dependsOn: [s" + (i - 1) + "]"));
    }
    var done = FLOWS.run(steps.toString(), "null");
    assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
    assertThat(paths()).containsExactly("/s0", "/s1", "/s2", "/s3", "/s4", "/s5");
  }

  @Test
  void parallelExecutionWorkflow() {
    // Nobody is answered before all have asked.
    var all = new CountDownLatch(4);
    service.answering(_ -> {
      all.countDown();
      return StubService.Reply.of(all.await(20, TimeUnit.SECONDS) ? 200 : 500, "");
    });
    var done =
        FLOWS.run(
            "steps:\n  - "
                + call("a", "")
                + "\n  - "
                + call("b", "")
                + "\n  - "
                + call("c", "")
                + "\n  - "
                + call("d", "")
                + "\n  - {id: join, type: DATA_TRANSFORM, dependsOn: [a, b, c, d], config: {expression: \"$sum([steps.a.output.status, steps.d.output.status])\"}}",
            "null");
    assertThat(done.get("output").asInt()).as(done.toString()).isEqualTo(400);
  }

  @Test
  void conditionalBranchingWorkflow() {
    var workflow =
        FLOWS.create(
            "steps:\n  - id: route\n    type: CONDITIONAL\n    config:\n      branches:\n        - {when: \"input.vip\", steps: ["
                + call("fast", "")
                + "]}\n      else: ["
                + call("slow", "")
                + "]\n  - {id: after, type: DATA_TRANSFORM, dependsOn: [route], condition: \"input.vip\", config: {expression: \"'thanks'\"}}");
    var vip = FLOWS.start(workflow, "{\"vip\":true}");
    assertThat(FLOWS.ended(vip).get("output").asString()).isEqualTo("thanks");
    assertThat(paths()).containsExactly("/fast");
    var other = FLOWS.start(workflow, "{\"vip\":false}");
    FLOWS.ended(other);
    assertThat(paths()).containsExactly("/fast", "/slow");
    assertThat(FLOWS.step(other, "after").get("state").asString()).isEqualTo("skipped");
    assertThat(FLOWS.step(other, "fast").get("state").asString()).isEqualTo("skipped");
  }

  @Test
  void forEachLoopWorkflow() {
    service.answering(asked -> StubService.Reply.of(asked.path().endsWith("/3") ? 400 : 200, "{}"));
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - id: each
                    type: FOR_EACH
                    config:
                      items: "[1..5]"
                      concurrency: 2
                      toleratedFailures: 1
                      steps: [{id: call, type: HTTP_REQUEST, config: {service: "%s", method: POST, url: "%s/items/${item}"}}]
                      output: "${steps.call.output.status}"
                """
                    .formatted(UUID.randomUUID(), service.url(""))),
            "null");
    var done = FLOWS.ended(id);
    assertThat(done.get("output").toString())
        .as(done.toString())
        .isEqualTo("[200,200,null,200,200]");
    assertThat(FLOWS.step(id, "each").at("/items/failed").asInt()).isEqualTo(1);
  }

  @Test
  void errorHandlingWorkflow() {
    service.answering(
        asked -> StubService.Reply.of(asked.path().equals("/breaks") ? 400 : 200, "{}"));
    var handled =
        FLOWS.run(
            "steps:\n  - "
                + call(
                    "breaks",
                    ", onError: {steps: [{id: instead, type: DATA_TRANSFORM, config: {expression: \"error.code\"}}]}")
                + "\n  - {id: after, type: DATA_TRANSFORM, dependsOn: [breaks], config: {expression: \"'went on after ' & steps.breaks.output\"}}",
            "null");
    assertThat(handled.get("output").asString())
        .as(handled.toString())
        .isEqualTo("went on after UNEXPECTED_STATUS");
    var undone =
        FLOWS.run(
            "steps:\n  - "
                + call("reserve", ", compensate: [" + call("release", "") + "]")
                + "\n  - "
                + call("breaks", ", dependsOn: [reserve]")
                + "\nonError:\n  - "
                + call("report", ""),
            "null");
    assertThat(undone.get("status").asString()).isEqualTo("failed");
    assertThat(undone.at("/error/step").asString()).isEqualTo("breaks");
    assertThat(paths()).containsExactly("/breaks", "/reserve", "/breaks", "/release", "/report");
  }
}
