package io.sluice.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.Branch;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.testkit.HandlerTest.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandlerTestTest {
  private static final Kind<String, String> KIND =
      Kind.of("order", String.class, String.class)
          .withRetry(RetryPolicy.fixed(2, Duration.ofSeconds(30)));

  private final AtomicInteger charged = new AtomicInteger();

  private String order(String item, JobContext job) {
    var receipt = job.step("charge", String.class, () -> "receipt " + charged.incrementAndGet());
    var approved = job.await("approved", Boolean.class, Duration.ofHours(1));
    if (approved.isEmpty()) {
      return "nobody cared";
    }
    job.sleep("cool down", Duration.ofMinutes(5));
    return item + ", " + receipt;
  }

  @Test
  void drivesAJobThroughItsWaits() {
    var test = HandlerTest.of(KIND, this::order).begin("a book");

    assertThat(test.proceed())
        .isEqualTo(new Status.Waiting<>(test.now().plus(Duration.ofHours(1)), "signal 'approved'"));
    test.signal("approved", true);
    assertThat(test.proceed()).isInstanceOf(Status.Waiting.class);
    test.advance(Duration.ofMinutes(5));

    assertThat(test.proceed()).isEqualTo(new Status.Returned<>("a book, receipt 1"));
    assertThat(charged).hasValue(1);
  }

  /// The clock stands still while the handler runs: nothing may wait for it in its place.
  @Test
  void parksForTheShortestWait() {
    var test =
        HandlerTest.of(
                KIND,
                (String item, JobContext job) -> {
                  job.sleep("blink", Duration.ofMillis(1));
                  return item;
                })
            .begin("a book");

    assertThat(test.proceed()).isInstanceOf(Status.Waiting.class);
    test.advance(Duration.ofMillis(1));
    assertThat(test.proceed()).isEqualTo(new Status.Returned<>("a book"));
  }

  @Test
  void letsAWaitTimeOut() {
    var test = HandlerTest.of(KIND, this::order).begin("a book");
    test.proceed();
    test.advance(Duration.ofHours(2));

    assertThat(test.proceed()).isEqualTo(new Status.Returned<>("nobody cared"));
  }

  @Test
  void repeatsAStepThatTheCrashCutShortAndNoOther() {
    var test = HandlerTest.of(KIND, this::order).begin("a book");

    assertThat(test.crashBeforeRecording("charge").proceed())
        .isEqualTo(new Status.Crashed<>("charge"));
    assertThat(test.crashAfter("charge").proceed()).isEqualTo(new Status.Crashed<>("charge"));
    test.proceed();

    assertThat(charged).hasValue(2);
    assertThat(test.recorded()).startsWith("charge");
  }

  @Test
  void retriesAsTheKindSays() {
    var calls = new AtomicInteger();
    var test =
        HandlerTest.of(
                KIND,
                (item, job) -> {
                  calls.incrementAndGet();
                  throw new TransientFailure("busy", "the shop is busy");
                })
            .begin("a book");

    assertThat(test.proceed()).isInstanceOf(Status.Retrying.class);
    assertThatThrownBy(test::proceed).isInstanceOf(EngineProblem.Misuse.class);
    test.advance(Duration.ofSeconds(30));

    assertThat(test.proceed()).isInstanceOf(Status.DeadLettered.class);
    assertThat(calls).hasValue(2);
  }

  @Test
  void waitsForTheBackoffOfAStep() {
    var calls = new AtomicInteger();
    var options = StepOptions.retrying(RetryPolicy.fixed(3, Duration.ofMinutes(1)));
    var test =
        HandlerTest.of(
                KIND,
                (item, job) ->
                    job.step(
                        "call",
                        String.class,
                        options,
                        () -> {
                          if (calls.incrementAndGet() < 3) {
                            throw new TransientFailure("busy", "busy");
                          }
                          return "served";
                        }))
            .begin("a book");

    assertThat(test.proceed()).isInstanceOf(Status.Waiting.class);
    assertThat(test.advance(Duration.ofMinutes(1)).proceed()).isInstanceOf(Status.Waiting.class);
    assertThat(test.advance(Duration.ofMinutes(1)).proceed())
        .isEqualTo(new Status.Returned<>("served"));
  }

  @Test
  void joinsChildrenAndBranches() {
    var child = Kind.of("part", Integer.class, Integer.class);
    var test =
        HandlerTest.of(
                KIND,
                (item, job) -> {
                  var outcomes =
                      job.children("parts", child, List.of(1, 2), EnqueueOptions.DEFAULT);
                  var branches = new ArrayList<Branch<Integer>>();
                  for (int i = 0; i < outcomes.size(); i++) {
                    var outcome = outcomes.get(i);
                    branches.add(new Branch<>("b" + i, _ -> outcome.orThrow() * 10));
                  }
                  return job.parallel("work", Integer.class, branches, 2).toString();
                })
            .begin("a book");

    assertThat(test.proceed()).isEqualTo(new Status.Waiting<>(null, "2 children of 'parts'"));
    test.endChild(
        "parts",
        0,
        new Outcome.Done<>(
            io.sluice.engine.JobId.parse("00000000-0000-7000-8000-000000000009"), 1));
    test.endChild(
        "parts",
        1,
        new Outcome.Done<>(
            io.sluice.engine.JobId.parse("00000000-0000-7000-8000-000000000009"), 2));

    assertThat(test.proceed()).isEqualTo(new Status.Returned<>("[10, 20]"));
  }

  @Test
  void tellsAPermanentFailure() {
    var test =
        HandlerTest.of(
                KIND,
                (item, job) -> {
                  throw new PermanentFailure("SOLD_OUT", "there is none left");
                })
            .begin("a book");

    assertThat(test.proceed())
        .isInstanceOfSatisfying(
            Status.DeadLettered.class,
            dead -> assertThat(dead.error().errorType()).isEqualTo("SOLD_OUT"));
  }
}
