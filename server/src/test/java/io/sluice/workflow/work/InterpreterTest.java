package io.sluice.workflow.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testkit.HandlerTest.Status;
import io.sluice.guard.NotNow;
import io.sluice.workflow.Json;
import io.sluice.workflow.Signals;
import io.sluice.workflow.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private static String flow(String steps) {
    return "name: sample\nsteps:\n" + steps.indent(2);
  }

  @Test
  void runsStepsInTheOrderOfTheirDependenciesAndGivesTheLastOnesOutput() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: c, type: DATA_TRANSFORM, dependsOn: [a, b], config: {expression: "steps.a.output + steps.b.output"}}
                - {id: a, type: DATA_TRANSFORM, config: {expression: "input.n"}}
                - {id: b, type: DATA_TRANSFORM, dependsOn: [a], config: {expression: "steps.a.output * 10"}}
                """));
    rig.given(Map.of("n", 2));
    assertThat(rig.output()).isEqualTo(22);
    assertThat(rig.job.recorded()).containsExactly("a", "b", "c");
  }

  @Test
  void recordsOneCheckpointALeafAndNothingElse() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: DATA_TRANSFORM, config: {expression: "1"}}
                - {id: b, type: DATA_TRANSFORM, dependsOn: [a], config: {expression: "2"}}
                """));
    rig.output();
    assertThat(rig.job.recorded()).containsExactly("a", "b");
  }

  @Test
  void aSkippedStepIsNullAndWhatDependsOnItRuns() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: DATA_TRANSFORM, condition: "input.go", config: {expression: "1"}}
                - {id: b, type: DATA_TRANSFORM, dependsOn: [a], config: {expression: "{'was': steps.a.output, 'status': steps.a.status}"}}
                """));
    assertThat(Rig.text(rig.output())).isEqualTo("{\"was\":null,\"status\":\"skipped\"}");
    assertThat(rig.outcome("a").status()).isEqualTo(StepOutcome.Status.SKIPPED);
  }

  @Test
  void aRecordedStepIsNeverEvaluatedAgain() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: FUNCTION_CALL, config: {function: note, arguments: {n: 1}}}
                - {id: w, type: WAIT, dependsOn: [a], config: {duration: PT1H}}
                - {id: b, type: FUNCTION_CALL, dependsOn: [w], config: {function: note, arguments: {n: "${steps.a.output.n + 1}"}}}
                """));
    assertThat(rig.proceed()).isInstanceOf(Status.Waiting.class);
    assertThat(rig.proceed()).isInstanceOf(Status.Waiting.class);
    rig.job.advance(Duration.ofHours(1));
    assertThat(rig.proceed()).isInstanceOf(Status.Returned.class);
    assertThat(rig.functionCalls).containsExactly("a={n=1}", "b={n=2}");
  }

  @Test
  void aStepCutShortRunsAgainAndTheOthersDoNot() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: FUNCTION_CALL, config: {function: note, arguments: 1}}
                - {id: b, type: FUNCTION_CALL, dependsOn: [a], config: {function: note, arguments: 2}}
                """));
    rig.job.crashBeforeRecording("b");
    assertThat(rig.proceed()).isInstanceOf(Status.Crashed.class);
    rig.output();
    assertThat(rig.functionCalls).containsExactly("a=1", "b=2", "b=2");
  }

  @Test
  void triesAgainAsThePolicySays() {
    var rig =
        Rig.of(
            flow(
                """
                - id: a
                  type: HTTP_REQUEST
                  config: {method: GET, url: "http://service.example/x"}
                  retry: {strategy: EXPONENTIAL, maxAttempts: 4, initialDelay: PT1S, maxDelay: PT30S, jitter: false}
                """));
    var times = new java.util.ArrayList<Instant>();
    rig.world((_, number) -> {
      times.add(rig.job.now());
      return number < 4 ? Rig.json(503, "{}") : Rig.json(200, "{\"ok\":true}");
    });
    rig.output();
    assertThat(gaps(times)).containsExactly(1L, 2L, 4L);
  }

  private static List<Long> gaps(List<Instant> times) {
    var gaps = new java.util.ArrayList<Long>();
    for (int i = 1; i < times.size(); i++) {
      gaps.add(Duration.between(times.get(i - 1), times.get(i)).toSeconds());
    }
    return gaps;
  }

  @Test
  void honoursRetryAfterOverThePolicysDelay() {
    var rig =
        Rig.of(
            flow(
                """
                - id: a
                  type: HTTP_REQUEST
                  config: {method: GET, url: "http://service.example/x"}
                  retry: {strategy: FIXED, maxAttempts: 2, initialDelay: PT1S, jitter: false}
                """));
    var times = new java.util.ArrayList<Instant>();
    rig.world((_, number) -> {
      times.add(rig.job.now());
      return number == 1 ? Rig.answer(429, Map.of("Retry-After", "7"), "") : Rig.json(200, "{}");
    });
    rig.output();
    assertThat(gaps(times)).containsExactly(7L);
  }

  @Test
  void triesAgainOnlyWhatTheConditionNames() {
    var yaml =
        flow(
            """
            - id: a
              type: HTTP_REQUEST
              config: {method: GET, url: "http://service.example/x"}
              retry: {strategy: FIXED, maxAttempts: 5, initialDelay: PT1S, when: "status = 404 and attempt < 3"}
            """);
    var rig = Rig.of(yaml).world((_, _) -> Rig.json(404, "{}"));
    assertThat(rig.error().errorType()).isEqualTo("UNEXPECTED_STATUS");
    assertThat(rig.calls).hasSize(3);
    rig = Rig.of(yaml).world((_, _) -> Rig.json(503, "{}"));
    rig.error();
    assertThat(rig.calls).hasSize(1);
  }

  @Test
  void doesNotTryAgainWhatNoAttemptCanMend() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: a
                      type: HTTP_REQUEST
                      config: {method: GET, url: "http://service.example/x"}
                      retry: {strategy: FIXED, maxAttempts: 5, initialDelay: PT1S}
                    """))
            .world((_, _) -> Rig.json(404, "{}"));
    assertThat(rig.error().step()).isEqualTo("a");
    assertThat(rig.calls).hasSize(1);
  }

  @Test
  void restsWhileTheServiceIsNotToBeCalledAndSpendsNoAttempt() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: HTTP_REQUEST, config: {service: crm, method: GET, url: "http://service.example/x"}}
                """));
    rig.world((_, number) -> {
      if (number <= 2) {
        throw new NotNow.CircuitOpen(
            "crm", "is open", rig.job.now().plusSeconds(30), Duration.ofSeconds(30));
      }
      return Rig.json(200, "{}");
    });
    assertThat(rig.proceed())
        .isInstanceOfSatisfying(
            Status.Waiting.class,
            waiting -> assertThat(waiting.reason()).contains("circuit 'crm' is open"));
    rig.output();
    assertThat(rig.calls).hasSize(3);
  }

  @Test
  void goesOnAfterAFailureThatIsToBeContinued() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: a
                      type: HTTP_REQUEST
                      config: {method: GET, url: "http://service.example/x"}
                      onError: {action: CONTINUE, output: {fallback: "${error.errorType}"}}
                    - {id: b, type: DATA_TRANSFORM, dependsOn: [a], config: {expression: "steps.a.output.fallback"}}
                    """))
            .world((_, _) -> Rig.json(500, "{}"));
    assertThat(rig.output()).isEqualTo("UNEXPECTED_STATUS");
    assertThat(rig.outcome("a").status()).isEqualTo(StepOutcome.Status.FAILED);
    assertThat(rig.job.recorded()).containsExactly("a", "b");
  }

  @Test
  void stepsHandleAFailureInItsPlace() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: a
                      type: HTTP_REQUEST
                      config: {method: GET, url: "http://service.example/x"}
                      onError:
                        steps:
                          - {id: other, type: FUNCTION_CALL, config: {function: note, arguments: "instead of ${error.step}"}}
                    - {id: b, type: DATA_TRANSFORM, dependsOn: [a], config: {expression: "steps.a.output"}}
                    """))
            .world((_, _) -> Rig.json(500, "{}"));
    assertThat(rig.output()).isEqualTo("instead of a");
  }

  @Test
  void undoesInReverseOrderOfCompletionThenTellsTheHandlers() {
    var rig =
        Rig.of(
            """
            name: saga
            steps:
              - id: a
                type: FUNCTION_CALL
                config: {function: note, arguments: 1}
                compensate: [{id: undoA, type: FUNCTION_CALL, config: {function: note, arguments: "${steps.a.output}"}}]
              - {id: pause, type: WAIT, dependsOn: [a], config: {duration: PT1S}}
              - id: b
                type: FUNCTION_CALL
                dependsOn: [pause]
                config: {function: note, arguments: 2}
                compensate: [{id: undoB, type: FUNCTION_CALL, config: {function: note, arguments: {fail: broken}}}]
              - {id: boom, type: FUNCTION_CALL, dependsOn: [b], config: {function: note, arguments: {fail: bang}}}
              - {id: never, type: FUNCTION_CALL, dependsOn: [boom], config: {function: note}}
            onError:
              - {id: tell, type: FUNCTION_CALL, config: {function: note, arguments: "${error.step}: ${error.message}"}}
            """);
    var error = rig.error();
    assertThat(error.step()).isEqualTo("boom");
    assertThat(error.message()).contains("bang");
    assertThat(rig.functionCalls)
        .containsExactly(
            "a=1", "b=2", "boom={fail=bang}", "undoB={fail=broken}", "undoA=1", "tell=boom: bang");
  }

  @Test
  void anExecutionWhoseTimeIsOverFailsAndIsUndone() {
    var rig =
        Rig.of(
            """
            name: slow
            timeout: PT10M
            steps:
              - id: a
                type: FUNCTION_CALL
                config: {function: note, arguments: 1}
                compensate: [{id: undo, type: FUNCTION_CALL, config: {function: note, arguments: undone}}]
              - {id: w, type: WAIT, dependsOn: [a], config: {duration: P2D}, onError: {action: CONTINUE}}
            """);
    assertThat(rig.error().errorType()).isEqualTo("WORKFLOW_TIMEOUT");
    assertThat(Duration.between(Instant.parse("2026-01-01T00:00:00Z"), rig.job.now()))
        .isLessThan(Duration.ofMinutes(11));
    assertThat(rig.functionCalls).containsExactly("a=1", "undo=undone");
  }

  @Test
  void aStepsOwnTimeCoversAllItsAttempts() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: a
                      type: HTTP_REQUEST
                      timeout: PT5S
                      config: {method: GET, url: "http://service.example/x"}
                      retry: {strategy: FIXED, maxAttempts: 100, initialDelay: PT2S, jitter: false}
                    """))
            .world((_, _) -> Rig.json(503, "{}"));
    assertThat(rig.error().errorType()).isEqualTo("STEP_TIMEOUT");
    assertThat(rig.calls).hasSize(3);
  }

  @Test
  void aHeldExecutionBeginsNoStepUntilItIsReleased() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: FUNCTION_CALL, config: {function: note, arguments: 1}}
                """));
    rig.heldBy = "ada";
    assertThat(rig.proceed())
        .isInstanceOfSatisfying(
            Status.Waiting.class, w -> assertThat(w.reason()).isEqualTo("held by ada"));
    assertThat(rig.functionCalls).isEmpty();
    rig.heldBy = null;
    rig.job.signal("released", null);
    assertThat(rig.proceed()).isInstanceOf(Status.Returned.class);
  }

  @Test
  void takesTheFirstBranchWhoseConditionHoldsAndRecordsWhich() {
    var yaml =
        flow(
            """
            - id: route
              type: CONDITIONAL
              config:
                branches:
                  - when: "input.n > 5"
                    steps: [{id: high, type: DATA_TRANSFORM, config: {expression: "'high'"}}]
                  - when: "input.n > 1"
                    steps: [{id: mid, type: DATA_TRANSFORM, config: {expression: "'mid'"}}]
                else: [{id: low, type: DATA_TRANSFORM, config: {expression: "'low'"}}]
            """);
    var rig = Rig.of(yaml).given(Map.of("n", 3));
    assertThat(rig.output()).isEqualTo("mid");
    assertThat(rig.outcome("route").branch()).isEqualTo("1");
    assertThat(rig.job.recorded()).containsExactly("route#begun", "mid", "route");
    assertThat(Rig.of(yaml).given(Map.of("n", 0)).output()).isEqualTo("low");
  }

  @Test
  void runsBranchesAndGivesTheOutputOfEach() {
    var rig =
        Rig.of(
            flow(
                """
                - id: both
                  type: PARALLEL
                  config:
                    branches:
                      - {id: left, steps: [{id: l, type: DATA_TRANSFORM, config: {expression: "1"}}]}
                      - {id: right, steps: [{id: r, type: DATA_TRANSFORM, config: {expression: "2"}}]}
                """));
    assertThat(rig.output()).isEqualTo(Map.of("left", 1, "right", 2));
  }

  @Test
  void runsItsStepsForEachItemInOrder() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: each
                      type: FOR_EACH
                      config:
                        items: "input.list"
                        steps:
                          - {id: x, type: DATA_TRANSFORM, config: {expression: "item * 2"}}
                          - {id: y, type: DATA_TRANSFORM, dependsOn: [x], config: {expression: "steps.x.output + index"}}
                    """))
            .given(Map.of("list", List.of(1, 2, 3)));
    assertThat(rig.output()).isEqualTo(List.of(2, 5, 8));
    assertThat(rig.outcome("each#items/2/x").output()).isEqualTo(6);
  }

  @Test
  void toleratesAsManyFailuresAsItIsTold() {
    var yaml =
        flow(
            """
            - id: each
              type: FOR_EACH
              config:
                items: "[1, 2, 3]"
                concurrency: 1
                toleratedFailures: %s
                steps:
                  - {id: x, type: FUNCTION_CALL, config: {function: note, arguments: "${item = 2 ? {'fail': 'two'} : item}"}}
            """);
    var rig = Rig.of(yaml.formatted("1"));
    assertThat(Rig.text(rig.output())).isEqualTo("[1,null,3]");
    rig = Rig.of(yaml.formatted("0"));
    var error = rig.error();
    assertThat(error.message()).contains("two");
    assertThat(rig.functionCalls).hasSize(2);
  }

  @Test
  void waitsForASignalAndGivesItsPayload() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: w, type: WAIT, config: {signal: approved, timeout: PT1H}}
                - {id: again, type: WAIT, dependsOn: [w], config: {signal: approved, timeout: PT1H, onTimeout: CONTINUE}}
                """));
    assertThat(rig.proceed()).isInstanceOf(Status.Waiting.class);
    rig.job.signal(Signals.named("approved"), new Signals.Payload(Map.of("by", "ada")));
    assertThat(rig.proceed()).isInstanceOf(Status.Waiting.class);
    assertThat(rig.outcome("w").output()).isEqualTo(Map.of("by", "ada"));
    assertThat(rig.output()).isNull();
  }

  @Test
  void aSignalThatDoesNotComeInTimeFailsTheStep() {
    var rig = Rig.of(flow("- {id: w, type: WAIT, config: {signal: approved, timeout: PT1H}}"));
    assertThat(rig.error().errorType()).isEqualTo("TIMEOUT");
  }

  @Test
  void waitsForAPersonAndRefusesWhatDoesNotFitTheForm() {
    var yaml =
        flow(
            """
            - id: task
              type: HUMAN_TASK
              config:
                title: "Check ${input.id}"
                form: {type: object, required: [ok], properties: {ok: {type: boolean}}}
            """);
    var rig = Rig.of(yaml).given(Map.of("id", "7"));
    assertThat(rig.proceed()).isInstanceOf(Status.Waiting.class);
    rig.job.signal(Signals.task("task"), new Signals.Payload(Map.of("ok", true)));
    assertThat(rig.output()).isEqualTo(Map.of("ok", true));
    var refused = Rig.of(yaml).given(Map.of("id", "7"));
    refused.job.signal(Signals.task("task"), new Signals.Payload(Map.of("ok", "yes")));
    assertThat(refused.error().errorType()).isEqualTo("INVALID_ANSWER");
  }

  @Test
  void findsWhatIsInvalid() {
    var yaml =
        flow(
            """
            - id: check
              type: VALIDATION
              config:
                data: "${input}"
                schema: {type: object, required: [n]}
                rules:
                  - {assert: "data.n > 1", message: "n is ${data.n}"}
                onInvalid: %s
            """);
    var failed = Rig.of(yaml.formatted("FAIL")).given(Map.of("n", 1));
    assertThat(failed.error())
        .satisfies(e -> {
          assertThat(e.errorType()).isEqualTo("INVALID");
          assertThat(e.message()).contains("n is 1");
        });
    var goesOn = Rig.of(yaml.formatted("CONTINUE")).given(Map.of());
    assertThat(Rig.text(goesOn.output())).contains("\"valid\":false");
    var reviewed = Rig.of(yaml.formatted("REVIEW")).given(Map.of("n", 1));
    assertThat(reviewed.proceed()).isInstanceOf(Status.Waiting.class);
    reviewed.job.signal(
        Signals.review("check"), new Signals.Payload(Map.of("verdict", "approved")));
    assertThat(Rig.text(reviewed.output())).contains("approved");
  }

  @Test
  void secretsReachTheCallAndNoRecord() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: a
                      type: HTTP_REQUEST
                      config:
                        method: POST
                        url: "http://service.example/x"
                        headers: {X-Extra: "t ${secrets.token}"}
                        auth: {type: BEARER, token: "${secrets.token}"}
                        body: {json: {n: 1}}
                    """))
            .world((call, _) -> Rig.json(200, "{\"echo\": \"s3cr3t-value\"}"));
    assertThat(Rig.text(rig.output())).doesNotContain("s3cr3t").contains("[secret token]");
    assertThat(rig.calls.getFirst().headers().first("Authorization"))
        .contains("Bearer s3cr3t-value");
    assertThat(Rig.text(rig.outcome("a"))).doesNotContain("s3cr3t");
  }

  @Test
  void extractsAndKeepsNulls() {
    var rig =
        Rig.of(
                flow(
                    """
                    - id: a
                      type: HTTP_REQUEST
                      config:
                        method: GET
                        url: "http://service.example/x"
                        query: {q: "a b", tags: [x, y]}
                        extract: {score: body.score}
                    """))
            .world((_, _) -> Rig.json(200, "{\"score\": 7, \"none\": null}"));
    assertThat(Rig.text(rig.output())).contains("\"none\":null").contains("\"score\":7}");
    assertThat(rig.calls.getFirst().url())
        .isEqualTo("http://service.example/x?q=a%20b&tags=x&tags=y");
  }

  @Test
  void whatIsTooLargeIsRefusedWithWhatToDo() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: DATA_TRANSFORM, config: {expression: "input.long"}}
                """));
    rig.given(Map.of("long", "x".repeat(1_100_000)));
    var error = rig.error();
    assertThat(error.errorType()).isEqualTo("OUTPUT_TOO_LARGE");
    assertThat(error.message()).contains("sluice.execution.max-output");
  }

  @Test
  void aChildExecutionGivesItsOutput() {
    var rig =
        Rig.of(flow("- {id: sub, type: SUB_WORKFLOW, config: {workflow: other, input: {n: 1}}}"));
    assertThat(rig.proceed()).isInstanceOf(Status.Waiting.class);
    rig.job.endChild(
        "sub#run",
        0,
        new io.sluice.engine.Outcome.Done<>(
            new io.sluice.engine.JobId(Rig.VERSION), new Json(Map.of("ok", true))));
    assertThat(rig.output()).isEqualTo(Map.of("ok", true));
  }

  @Test
  void aWebhookIsSignedAndHasOneIdInAllAttempts() {
    var rig =
        Rig.of(
            flow(
                """
                - id: tell
                  type: WEBHOOK_CALL
                  config: {url: "http://service.example/hook", eventType: lead.ready, payload: {id: "${input.id}"}, secret: signing}
                  retry: {strategy: FIXED, maxAttempts: 2, initialDelay: PT1S}
                """));
    rig.given(Map.of("id", "7")).world((_, number) -> Rig.json(number == 1 ? 503 : 204, "{}"));
    assertThat(Rig.text(rig.output())).contains("\"status\":204");
    var sent = rig.calls.stream().map(c -> c.headers().first("webhook-id").orElseThrow()).toList();
    assertThat(sent).hasSize(2).containsOnly(sent.getFirst());
    assertThat(rig.calls.getFirst().headers().first("webhook-signature").orElseThrow())
        .startsWith("v1,");
    assertThat(new String(rig.calls.getFirst().body(), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith("{\"type\":\"lead.ready\"")
        .contains("\"data\":{\"id\":\"7\"}");
  }

  @Test
  void aSecretThatCanNotSignIsNamedAndNotTold() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: WEBHOOK_CALL, config: {url: "http://service.example/hook", eventType: e, secret: token}}
                """));
    assertThat(rig.error())
        .satisfies(e -> {
          assertThat(e.errorType()).isEqualTo("BAD_SECRET");
          assertThat(e.message()).contains("'token'").doesNotContain("s3cr3t");
        });
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    var rig =
        Rig.of(
            flow(
                """
                - {id: a, type: HTTP_REQUEST, config: {method: GET, url: "http://service.example/x", headers: {X: "${secrets.other}"}}}
                """));
    assertThat(rig.error().message()).contains("SLUICE_SECRET_OTHER");
  }

  @Test
  void nothingMoreBeginsOnceAStepHasFailed() {
    var rig =
        Rig.of(
            """
            name: sample
            concurrency: 1
            steps:
              - {id: a, type: FUNCTION_CALL, config: {function: note, arguments: {fail: bang}}}
              - {id: b, type: FUNCTION_CALL, config: {function: note}}
            """);
    assertThat(rig.error().step()).isEqualTo("a");
    assertThat(rig.functionCalls).containsExactly("a={fail=bang}");
  }

  @Test
  void whatFollowsFromAFailureIsNotDoneAgainByALaterRun() {
    var rig =
        Rig.of(
            """
            name: sample
            steps:
              - {id: a, type: FUNCTION_CALL, config: {function: note, arguments: {fail: bang}}}
            onError:
              - {id: tell, type: FUNCTION_CALL, config: {function: note, arguments: told}}
            """);
    rig.error();
    rig.error();
    assertThat(rig.functionCalls).containsExactly("a={fail=bang}", "tell=told");
  }

  @Test
  void constantsAreComputedOnceAndCanBeOverridden() {
    var rig =
        Rig.of(
            """
            name: sample
            context: {base: "${input.n * 2}", fixed: 1}
            steps:
              - {id: w, type: WAIT, config: {duration: PT1S}}
              - {id: a, type: DATA_TRANSFORM, dependsOn: [w], config: {expression: "[context.base, context.fixed, execution.workflow]"}}
            """);
    rig.given(Map.of("n", 4));
    assertThat(rig.output()).isEqualTo(List.of(8, 1, "sample"));
    assertThat(rig.job.recorded()).containsExactly("#context", "w#begun", "w", "a");
  }

  @Test
  void aCompositeWhoseStepFailsCanHandleIt() {
    var rig =
        Rig.of(
            flow(
                """
                - id: route
                  type: CONDITIONAL
                  config:
                    branches: [{when: "true", steps: [{id: x, type: FUNCTION_CALL, config: {function: note, arguments: {fail: bang}}}]}]
                  onError: {action: CONTINUE, output: "${error.step}"}
                - {id: after, type: DATA_TRANSFORM, dependsOn: [route], config: {expression: "steps.route.output"}}
                """));
    assertThat(rig.output()).isEqualTo("x");
  }
}
