package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Branch;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Branches run side by side, each with its own record.
class ParallelTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final Kind<String, String> kind =
      db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofMillis(1)));

  private static List<Branch<String>> branches(int count, Branch.Body<String> body) {
    var out = new ArrayList<Branch<String>>();
    for (int i = 0; i < count; i++) {
      out.add(new Branch<>("b" + i, body));
    }
    return out;
  }

  private JobId enqueue(Engine engine) {
    return engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
  }

  @Test
  void eachBranchHasAScopeOfItsOwnAndResultsComeInOrder() {
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.parallel(
                            "all",
                            String.class,
                            branches(5, c -> c.step("same", String.class, c::scope)),
                            5)
                        .toString()));
    assertThat(result(engine, enqueue(engine), String.class))
        .isEqualTo("[all/b0, all/b1, all/b2, all/b3, all/b4]");
  }

  @Test
  void noMoreThanTheLimitRunAtOnce() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  job.parallel(
                      "all",
                      String.class,
                      branches(
                          12,
                          c -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            c.step("a", String.class, () -> "");
                            running.decrementAndGet();
                            return "";
                          }),
                      3);
                  return "";
                }));
    result(engine, enqueue(engine), String.class);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void aBranchThatHasEndedIsNotEnteredAgain() {
    var entered = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.parallel(
                            "all",
                            String.class,
                            List.of(
                                new Branch<>("good", _ -> "entered " + entered.incrementAndGet()),
                                new Branch<>("bad", c -> failOnce(c))),
                            2)
                        .toString()));
    assertThat(result(engine, enqueue(engine), String.class)).isEqualTo("[entered 1, mended]");
    assertThat(entered).hasValue(1);
  }

  private static String failOnce(JobContext branch) {
    if (branch.attempt() == 0) {
      throw new TransientFailure("first", "the first time");
    }
    return "mended";
  }

  @Test
  void theJobParksOnlyWhenEveryLiveBranchWaits() throws Exception {
    var busy = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.parallel(
                            "all",
                            String.class,
                            List.of(
                                new Branch<>("waits", c -> c.await("go", String.class)),
                                new Branch<>(
                                    "works",
                                    c -> {
                                      c.step(
                                          "long",
                                          String.class,
                                          () -> {
                                            busy.countDown();
                                            return "";
                                          });
                                      return c.await("stop", String.class);
                                    })),
                            2)
                        .toString()));
    var job = enqueue(engine);
    busy.await();
    db.moves().await(kind.name(), JobState.WAITING, 1);
    engine.jobs().signal(job, "go", "went");
    db.moves().await(kind.name(), JobState.WAITING, 2);
    engine.jobs().signal(job, "stop", "stopped");
    assertThat(result(engine, job, String.class)).isEqualTo("[went, stopped]");
  }

  @Test
  void aBranchThatWaitsIsWokenInPlaceWhileASiblingRuns() throws Exception {
    var woken = new CountDownLatch(1);
    var began = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.parallel(
                            "all",
                            String.class,
                            List.of(
                                new Branch<>(
                                    "waits",
                                    c -> {
                                      var got = c.await("go", String.class);
                                      woken.countDown();
                                      return got;
                                    }),
                                new Branch<>(
                                    "works",
                                    _ -> {
                                      began.countDown();
                                      woken.await();
                                      return "saw it";
                                    })),
                            2)
                        .toString()));
    var job = enqueue(engine);
    began.await();
    db.client().jobs().signal(job, "go", "went");
    assertThat(result(engine, job, String.class)).isEqualTo("[went, saw it]");
    assertThat(db.moves().count(kind.name(), JobState.WAITING)).isZero();
  }

  @Test
  void aBranchThatWaitsForChildrenIsWokenInPlaceWhileASiblingRuns() {
    var child = db.kind(String.class, String.class);
    var joined = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(child, (in, _) -> in)
                .handle(
                    kind,
                    (_, job) ->
                        job.parallel(
                                "all",
                                String.class,
                                List.of(
                                    new Branch<>(
                                        "waits",
                                        c -> {
                                          var ends =
                                              c.children(
                                                  "kids",
                                                  child,
                                                  List.of("x", "y"),
                                                  EnqueueOptions.DEFAULT);
                                          joined.countDown();
                                          return "" + ends.size();
                                        }),
                                    new Branch<>(
                                        "works",
                                        _ -> {
                                          joined.await();
                                          return "saw it";
                                        })),
                                2)
                            .toString()));
    assertThat(result(engine, enqueue(engine), String.class)).isEqualTo("[2, saw it]");
  }

  @Test
  void theFirstFailureInTheOrderOfBranchesIsThrownOnceAllHaveEnded() {
    var ended = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind.withRetry(RetryPolicy.NONE),
                (_, job) -> {
                  job.parallel(
                      "all",
                      String.class,
                      branches(
                          4,
                          c -> {
                            ended.incrementAndGet();
                            if (c.scope().endsWith("1") || c.scope().endsWith("2")) {
                              throw new IllegalStateException("in " + c.scope());
                            }
                            return "";
                          }),
                      4);
                  return "";
                }));
    var error =
        ((Outcome.DeadLettered<String>) outcome(engine, enqueue(engine), String.class)).error();
    assertThat(error.message()).isEqualTo("in all/b1");
    assertThat(ended).hasValue(4);
  }
}
