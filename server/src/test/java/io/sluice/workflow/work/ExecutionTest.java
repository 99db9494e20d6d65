package io.sluice.workflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.Outcome;
import io.sluice.engine.TenantId;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.testing.Await;
import io.sluice.testing.SharedServer;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.Json;
import io.sluice.workflow.Reference;
import io.sluice.workflow.Signals;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.Workflows;
import io.sluice.workflow.store.EventWaitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Executions on the real engine, against a real service.
class ExecutionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LoopbackService service = new LoopbackService();
  private final Jobs jobs = bean(Jobs.class);
  private final Operations operations = bean(Operations.class);

  private static <T> T bean(Class<T> type) {
    return SharedServer.context().getBean(type);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String define(String steps) {
    return define(steps, "");
  }

  private String define(String steps, String more) {
    var name = "flow-" + UUID.randomUUID();
    bean(Workflows.class)
        .create(
            TenantId.DEFAULT,
            new Source("name: " + name + "\nsteps:\n" + steps.indent(2) + more, SourceFormat.YAML),
            "test");
    return name;
  }

  private JobId start(String workflow, @Nullable Object input) {
    var compiled =
        bean(Definitions.class)
            .resolve(TenantId.DEFAULT, Reference.latest(workflow), UUID.randomUUID());
    return jobs.enqueue(
            WorkflowKinds.EXECUTION,
            new ExecutionInput(
                compiled.version(),
                workflow,
                compiled.number(),
                input,
                bean(InstantSource.class).instant(),
                ExecutionInput.Origin.manual("test"),
                ExecutionInput.Overrides.NONE),
            EnqueueOptions.DEFAULT)
        .job();
  }

  private @Nullable Object output(JobId job) {
    var json = jobs.result(job, Json.class, PATIENCE).orElseThrow().orThrow();
    return json == null ? null : json.value();
  }

  private io.sluice.engine.JobError error(JobId job) {
    return switch (jobs.result(job, Json.class, PATIENCE).orElseThrow()) {
      case Outcome.DeadLettered<Json>(_, var error) -> error;
      case Outcome<Json> other -> throw new AssertionError(other.toString());
    };
  }

  @Test
  void repeatsACallWithTheSameKeyAfterTheTimeThatTheServiceAsksFor() {
    service.behave((_, number) ->
        number == 1
            ? new LoopbackService.Reply(503, Map.of("Retry-After", "1"), "busy")
            : LoopbackService.Reply.json(200, "{\"n\": null, \"m\": [1, {\"k\": null}]}"));
    var job =
        start(
            define(
                """
                - id: call
                  type: HTTP_REQUEST
                  config: {method: PUT, url: "%s/x?a=1", body: {json: {id: "${input.id}"}}}
                  retry: {strategy: FIXED, maxAttempts: 3, initialDelay: PT0.01S, jitter: false}
                """
                    .formatted(service.url())),
            Map.of("id", "7"));
    assertThat(Rig.text(output(job))).contains("\"n\":null").contains("[1,{\"k\":null}]");
    assertThat(service.calls).hasSize(2);
    assertThat(
            service.calls.stream()
                .map(call -> call.header("Idempotency-Key"))
                .collect(Collectors.toSet()))
        .hasSize(1)
        .allSatisfy(key -> assertThat(key).contains(job + "/call"));
    assertThat(service.calls.getFirst().body()).isEqualTo("{\"id\":\"7\"}");
    var step = operations.steps(job, null).getFirst();
    assertThat(step.attempt()).isEqualTo(2);
    assertThat(step.valueJson()).contains("null");
  }

  @Test
  void aFailedExecutionIsADeadLetterThatCanGoRoundAgain() {
    service.behave((_, number) -> LoopbackService.Reply.json(number == 2 ? 404 : 200, "{}"));
    var job =
        start(
            define(
                """
                - {id: one, type: HTTP_REQUEST, config: {method: GET, url: "%1$s/one"}}
                - {id: two, type: HTTP_REQUEST, dependsOn: [one], config: {method: GET, url: "%1$s/two"}}
                """
                    .formatted(service.url())),
            null);
    assertThat(error(job))
        .satisfies(e -> {
          assertThat(e.errorType()).isEqualTo("UNEXPECTED_STATUS");
          assertThat(e.step()).isEqualTo("two");
        });
    operations.retry(job, "test");
    output(job);
    assertThat(service.calls.stream().map(LoopbackService.Call::uri))
        .containsExactly("/one", "/two", "/two");
  }

  @Test
  void aFailureAfterTheJobWentRoundAgainIsHandledAgain() {
    service.behave(
        (call, _) -> LoopbackService.Reply.json(call.uri().equals("/x") ? 404 : 200, "1"));
    var job =
        start(
            define(
                "- {id: x, type: HTTP_REQUEST, config: {method: GET, url: \"%s/x\"}}"
                    .formatted(service.url()),
                """
                onError:
                  - {id: tell, type: HTTP_REQUEST, config: {method: POST, url: "%s/${error.errorType}"}}
                """
                    .formatted(service.url())),
            null);
    error(job);
    operations.retry(job, "test");
    error(job);
    assertThat(service.calls.stream().map(LoopbackService.Call::uri))
        .containsExactly("/x", "/UNEXPECTED_STATUS", "/x", "/UNEXPECTED_STATUS");
  }

  @Test
  void manyItemsAreJobsOfTheirOwnWithinTheirLimitAndInOrder() {
    service.behave(
        (call, _) -> LoopbackService.Reply.json(200, "\"" + call.uri().substring(1) + "\""));
    var job =
        start(
            define(
                """
                - {id: base, type: DATA_TRANSFORM, config: {expression: "'%1$s'"}}
                - id: each
                  type: FOR_EACH
                  dependsOn: [base]
                  config:
                    items: "[1..150]"
                    concurrency: 3
                    steps: [{id: call, type: HTTP_REQUEST, config: {method: GET, url: "${steps.base.output}/${item}-${index}"}}]
                    output: "${steps.call.output.body}"
                """
                    .formatted(service.url())),
            null);
    assertThat(output(job))
        .isEqualTo(IntStream.range(0, 150).mapToObj(i -> (i + 1) + "-" + i).toList());
    assertThat(service.calls).hasSize(150);
    assertThat(service.most()).isLessThanOrEqualTo(3);
  }

  @Test
  void oneItemTooManyEndsTheOthersAndARetryRunsThem() {
    var broken = ConcurrentHashMap.<String>newKeySet();
    broken.add("/40");
    service.behave(
        (call, _) -> LoopbackService.Reply.json(broken.contains(call.uri()) ? 404 : 200, "1"));
    var job =
        start(
            define(
                """
                - id: each
                  type: FOR_EACH
                  config:
                    items: "[1..200]"
                    concurrency: 2
                    steps: [{id: call, type: HTTP_REQUEST, config: {method: GET, url: "%1$s/${item}"}}]
                """
                    .formatted(service.url())),
            null);
    assertThat(error(job))
        .satisfies(e -> {
          assertThat(e.errorType()).isEqualTo("UNEXPECTED_STATUS");
          assertThat(e.message()).contains("item 39");
        });
    assertThat(service.calls.size()).isLessThan(150);
    broken.clear();
    retryFamily(job);
    assertThat((List<?>) output(job)).hasSize(200);
  }

  /// As whoever retries an execution does it: what lies below first.
  private void retryFamily(JobId job) {
    for (var kind : List.of("workflow.item", "workflow.fan")) {
      for (var state : List.of(JobState.CANCELLED, JobState.DEADLETTER)) {
        for (var child : operations.jobs(JobFilter.ALL.ofKind(kind).in(state), null, 1000)) {
          if (child.parent() != null && below(child.parent(), job)) {
            operations.retry(child.id(), "test");
          }
        }
      }
    }
    operations.retry(job, "test");
  }

  private boolean below(JobId at, JobId top) {
    if (at.equals(top)) {
      return true;
    }
    var parent = operations.job(at).orElseThrow().parent();
    return parent != null && below(parent, top);
  }

  @Test
  void toleratesFailedItemsThatAreJobs() {
    service.behave(
        (call, _) -> LoopbackService.Reply.json(call.uri().endsWith("7") ? 404 : 200, "1"));
    var job =
        start(
            define(
                """
                - id: each
                  type: FOR_EACH
                  config:
                    items: "[1..120]"
                    concurrency: 8
                    toleratedFailures: "50%%"
                    steps: [{id: call, type: HTTP_REQUEST, config: {method: GET, url: "%1$s/${item}"}}]
                    output: "${item}"
                """
                    .formatted(service.url())),
            null);
    var output = (List<?>) output(job);
    assertThat(output).hasSize(120);
    assertThat(output.stream().filter(java.util.Objects::isNull)).hasSize(12);
  }

  @Test
  void aCancelledExecutionTakesTheOnesItWaitsForWithIt() {
    var inner = define("- {id: w, type: WAIT, config: {signal: never}}");
    var job =
        start(
            define(
                "- {id: sub, type: SUB_WORKFLOW, config: {workflow: %s, input: {a: 1}}}"
                    .formatted(inner)),
            null);
    var child =
        Await.value(
            "the child waits",
            PATIENCE,
            () ->
                operations
                    .jobs(
                        JobFilter.ALL.ofKind("workflow.execution").in(JobState.WAITING), null, 100)
                    .stream()
                    .filter(j -> job.equals(j.parent()))
                    .findFirst());
    jobs.cancel(job, "test");
    assertThat(operations.job(child.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void anExecutionThatNobodyWaitsForIsStartedOnce() {
    var inner = define("- {id: a, type: DATA_TRANSFORM, config: {expression: \"input.n + 1\"}}");
    var job =
        start(
            define(
                "- {id: sub, type: SUB_WORKFLOW, config: {workflow: %s, wait: false, input: {n: 1}}}"
                    .formatted(inner)),
            null);
    var id = (String) ((Map<?, ?>) output(job)).get("executionId");
    assertThat(output(new JobId(UUID.fromString(id)))).isEqualTo(2);
  }

  @Test
  void aWaitForAnEventIsNotedUntilItsTimeIsOver() {
    var type = "test.event-" + UUID.randomUUID();
    var steps =
        """
        - id: w
          type: WAIT
          config: {event: {type: "%s", filter: "event.n = input.n"}, timeout: %s, onTimeout: CONTINUE}
        """;
    var waits = bean(EventWaitStore.class);
    var job = start(define(steps.formatted(type, "PT1H")), Map.of("n", 5));
    var wait =
        Await.value(
            "the wait is noted",
            PATIENCE,
            () -> waits.waiting(List.of(type), null, 10).stream().findFirst());
    assertThat(wait.variables()).isEqualTo(Map.of("input", Map.of("n", 5)));
    jobs.signal(job, Signals.event(wait.step()), new Signals.Payload(Map.of("n", 5)));
    assertThat(output(job)).isEqualTo(Map.of("n", 5));
    waits.remove(wait.job(), wait.step());
    assertThat(output(start(define(steps.formatted(type, "PT0.05S")), Map.of("n", 5)))).isNull();
    assertThat(waits.waiting(List.of(type), null, 10)).isEmpty();
  }

  @Test
  void whatATransactionalFunctionWritesIsThereOnceAndOnlyIfItEndsWell() {
    var job =
        start(
            define(
                """
                - id: put
                  type: FUNCTION_CALL
                  config: {function: test.insert}
                  retry: {strategy: FIXED, maxAttempts: 2, initialDelay: PT0.01S}
                """),
            null);
    assertThat(output(job)).isEqualTo(Map.of("inserted", true));
    assertThat(bean(EventWaitStore.class).waiting(List.of("none"), null, 10))
        .filteredOn(w -> w.job().equals(job.value()))
        .hasSize(1);
  }

  @Test
  void anAttemptThatTakesTooLongIsCutOff() {
    var job =
        start(
            define(
                """
                - id: slow
                  type: FUNCTION_CALL
                  attemptTimeout: PT0.1S
                  config: {function: test.sleep}
                  onError: {action: CONTINUE, output: "${error.errorType}"}
                """),
            null);
    assertThat(output(job)).isEqualTo("ATTEMPT_TIMEOUT");
  }
}
