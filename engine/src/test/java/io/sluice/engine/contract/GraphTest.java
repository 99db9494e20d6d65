package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.GraphNode;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Bodies that run as soon as what they come after has ended.
class GraphTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final Kind<String, String> kind =
      db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofMillis(1)));

  private JobId enqueue(Engine engine) {
    return engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
  }

  private static GraphNode step(
      JobContext job, String name, List<String> after, List<String> order) {
    return new GraphNode(name, after, () -> job.step(name, Boolean.class, () -> order.add(name)));
  }

  @Test
  void aNodeBeginsOnceAllThatItComesAfterHasEnded() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var nodes = new ArrayList<List<String>>();
    for (int i = 0; i < 40; i++) {
      var after = new ArrayList<String>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(8) == 0) {
          after.add("n" + j);
        }
      }
      nodes.add(after);
    }
    var order = Collections.synchronizedList(new ArrayList<String>());
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var graph = new ArrayList<GraphNode>();
                  for (int i = nodes.size() - 1; i >= 0; i--) {
                    graph.add(step(job, "n" + i, nodes.get(i), order));
                  }
                  job.graph(graph, 7);
                  return "done";
                }));
    assertThat(result(engine, enqueue(engine), String.class)).isEqualTo("done");
    assertThat(order).as("seed %d", seed).hasSize(40).doesNotHaveDuplicates();
    for (int i = 0; i < nodes.size(); i++) {
      var before = order.subList(0, order.indexOf("n" + i));
      assertThat(before).as("before n%d, seed %d", i, seed).containsAll(nodes.get(i));
    }
  }

  @Test
  void independentNodesRunAtOnceAndNeverMoreThanTheLimit() {
    var together = new CountDownLatch(3);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var graph = new ArrayList<GraphNode>();
                  for (int i = 0; i < 9; i++) {
                    graph.add(
                        new GraphNode(
                            "n" + i,
                            List.of(),
                            () -> {
                              most.accumulateAndGet(running.incrementAndGet(), Math::max);
                              together.countDown();
                              together.await();
                              running.decrementAndGet();
                            }));
                  }
                  job.graph(graph, 3);
                  return "done";
                }));
    assertThat(result(engine, enqueue(engine), String.class)).isEqualTo("done");
    assertThat(most).hasValue(3);
  }

  @Test
  void aNodeThatWaitsDoesNotKeepOthersFromGoingOnAndTheJobParksWhenAllWait() {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  job.graph(
                      List.of(
                          new GraphNode(
                              "asked", List.of(), () -> job.await("answer", String.class)),
                          step(job, "quick", List.of(), order),
                          step(job, "next", List.of("quick"), order),
                          step(job, "last", List.of("asked", "next"), order)),
                      10);
                  return String.join(" ", order);
                }));
    var job = enqueue(engine);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    assertThat(order).containsExactly("quick", "next");
    engine.jobs().signal(job, "answer", "yes");
    assertThat(result(engine, job, String.class)).isEqualTo("quick next last");
  }

  @Test
  void whatComesAfterAFailedNodeDoesNotBeginAndTheRestGoesOn() {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  job.graph(
                      List.of(
                          new GraphNode(
                              "bad",
                              List.of(),
                              () -> {
                                throw new PermanentFailure("NO_GOOD", "it is no good");
                              }),
                          step(job, "after", List.of("bad"), order),
                          step(job, "beside", List.of(), order)),
                      1);
                  return "done";
                }));
    var end = outcome(engine, enqueue(engine), String.class);
    assertThat(end)
        .isInstanceOfSatisfying(
            Outcome.DeadLettered.class,
            dead -> assertThat(dead.error().errorType()).isEqualTo("NO_GOOD"));
    assertThat(order).containsExactly("beside");
  }

  @Test
  void aGraphWithACycleOrAnUnknownNameIsRefused() {
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (what, job) -> {
                  var a = new GraphNode("a", List.of(what), () -> {});
                  job.graph(List.of(a, new GraphNode("b", List.of("a"), () -> {})), 2);
                  return "ran";
                }));
    for (var what : List.of("b", "c")) {
      var job = engine.jobs().enqueue(kind, what, EnqueueOptions.DEFAULT).job();
      assertThat(outcome(engine, job, String.class)).isInstanceOf(Outcome.DeadLettered.class);
    }
  }

  @Test
  void whoRestsGoesOnInItsPlaceWhileOthersRun() {
    var rested = new CountDownLatch(1);
    var runs = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  runs.incrementAndGet();
                  job.graph(
                      List.of(
                          new GraphNode("long", List.of(), rested::await),
                          new GraphNode(
                              "rests",
                              List.of(),
                              () -> {
                                job.rest(Instant.now().plusMillis(300), "the circuit is open");
                                rested.countDown();
                              })),
                      2);
                  return "done";
                }));
    assertThat(result(engine, enqueue(engine), String.class)).isEqualTo("done");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aJobOfWhichAllRestIsParkedAndSpendsNoAttempt() {
    var looks = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  if (looks.incrementAndGet() == 1) {
                    job.rest(Instant.now().plusSeconds(3600), "the circuit is open");
                  }
                  return "attempt " + job.attempt();
                }));
    var job = enqueue(engine);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    engine.jobs().signal(job, "look again", null);
    assertThat(result(engine, job, String.class)).isEqualTo("attempt 0");
    assertThat(looks).hasValue(2);
  }
}
