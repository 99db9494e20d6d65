package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Outcome;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TenantId;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A parent waits for its children by a counter, and holds nothing meanwhile.
class ChildrenTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  @Test
  void twoThousandChildrenOnTwoNodesAreJoinedInOrder() {
    var child = db.kind(Integer.class, Integer.class);
    var parent = db.kind(Integer.class, Long.class);
    for (int node = 0; node < 2; node++) {
      db.start(b ->
          b.handle(child, (in, _) -> 2 * in)
              .handle(
                  parent,
                  (count, job) -> {
                    var inputs = IntStream.range(0, count).boxed().toList();
                    var ends = job.children("all", child, inputs, EnqueueOptions.DEFAULT);
                    for (int i = 0; i < count; i++) {
                      if (ends.get(i).orThrow() != 2 * i) {
                        throw new PermanentFailure("ORDER", i + " is " + ends.get(i));
                      }
                    }
                    return (long) ends.size();
                  }));
    }
    var client = db.client();
    var job = client.jobs().enqueue(parent, 2000, EnqueueOptions.DEFAULT).job();
    assertThat(result(client, job, Long.class)).isEqualTo(2000);
    assertThat(db.moves().count(parent.name(), JobState.WAITING)).isLessThanOrEqualTo(2);
  }

  @Test
  void howChildrenEndedIsTheParentsToJudge() {
    var child = db.kind(String.class, String.class);
    var parent = db.kind(String.class, String.class);
    var tenant = new TenantId(UUID.randomUUID());
    var engine =
        db.start(b ->
            b.handle(
                    child,
                    (in, job) -> {
                      if (in.equals("bad")) {
                        throw new PermanentFailure("BAD", "it is bad");
                      }
                      return in + job.tenant().equals(tenant);
                    })
                .handle(
                    parent,
                    (_, job) ->
                        job
                            .children("c", child, List.of("good", "bad"), EnqueueOptions.DEFAULT)
                            .stream()
                            .map(ChildrenTest::tell)
                            .collect(Collectors.joining(","))));
    var job = engine.jobs().enqueue(parent, "", EnqueueOptions.of(tenant)).job();
    assertThat(result(engine, job, String.class)).isEqualTo("goodtrue,BAD");
  }

  private static String tell(Outcome<String> outcome) {
    return switch (outcome) {
      case Outcome.Done<String> done -> done.result();
      case Outcome.DeadLettered<String> dead -> dead.error().errorType();
      case Outcome.Cancelled<String> _ -> "cancelled";
    };
  }

  @Test
  void noChildrenIsAnEmptyGroup() {
    var child = db.kind(String.class, String.class);
    var parent = db.kind(String.class, String.class);
    var engine =
        db.start(b ->
            b.handle(
                parent,
                (_, job) ->
                    job.children("c", child, List.of(), EnqueueOptions.DEFAULT).toString()));
    var job = engine.jobs().enqueue(parent, "", EnqueueOptions.DEFAULT).job();
    assertThat(result(engine, job, String.class)).isEqualTo("[]");
  }

  @Test
  void cancellingAParentCancelsItsDescendants() throws Exception {
    var grandchild = db.kind(String.class, String.class);
    var child = db.kind(String.class, String.class);
    var parent = db.kind(String.class, String.class);
    var running = new CountDownLatch(2);
    var never = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                    grandchild,
                    (_, _) -> {
                      running.countDown();
                      never.await();
                      return "";
                    })
                .handle(
                    child,
                    (_, job) -> {
                      job.children("g", grandchild, List.of("1"), EnqueueOptions.DEFAULT);
                      return "";
                    })
                .handle(
                    parent,
                    (_, job) -> {
                      job.children("c", child, List.of("1", "2"), EnqueueOptions.DEFAULT);
                      return "";
                    }));
    var job = engine.jobs().enqueue(parent, "", EnqueueOptions.DEFAULT).job();
    running.await();
    assertThat(engine.jobs().cancel(job, "ada")).isEqualTo(5);
    assertThat(outcome(engine, job, String.class)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(
            db.number(
                "select count(*) from sluice_engine.job where state <> 'cancelled' and kind in ('%s','%s')"
                    .formatted(child.name(), grandchild.name())))
        .isZero();
    db.moves().await(grandchild.name(), "lost", 2);
    EngineDatabase.awaitIdle(engine);
  }

  /// A parent that is enqueuing children while it is cancelled leaves no orphan.
  @Test
  void childrenThatAreBeingEnqueuedDuringACancelAreCancelledToo() throws Exception {
    var child = db.kind(String.class, String.class);
    var parent = db.kind(String.class, String.class);
    var client = db.client();
    db.start(b ->
        b.handle(
            parent,
            (_, job) -> {
              job.children(
                  "c", child, java.util.Collections.nCopies(300, "x"), EnqueueOptions.DEFAULT);
              return "";
            }));
    for (int round = 0; round < 10; round++) {
      var job = client.jobs().enqueue(parent, "", EnqueueOptions.DEFAULT).job();
      db.awaitTrue("(select fence > 0 from sluice_engine.job where id = '%s')".formatted(job));
      client.jobs().cancel(job, "ada");
      assertThat(
              db.number(
                  "select count(*) from sluice_engine.job where parent_id = '%s' and state <> 'cancelled'"
                      .formatted(job)))
          .isZero();
    }
  }

  @Test
  void childrenAreEnqueuedWithTheirParentInOneTransaction() throws Exception {
    var child = db.kind(Integer.class, Integer.class);
    var parent = db.kind(String.class, String.class);
    var engine =
        db.start(b ->
            b.handle(child, (n, _) -> n * n)
                .handle(
                    parent,
                    (_, job) ->
                        job.join("squares", Integer.class).stream()
                            .map(Outcome::orThrow)
                            .toList()
                            .toString()));
    var ids = new java.util.ArrayList<JobId>();
    var id =
        engine.inTransaction(tx -> {
          var made = engine.jobs().enqueue(tx, parent, "in", EnqueueOptions.DEFAULT).job();
          ids.addAll(
              engine
                  .jobs()
                  .enqueueChildren(
                      tx,
                      new io.sluice.engine.Jobs.Family(made, "squares"),
                      child,
                      List.of(1, 2, 3),
                      EnqueueOptions.DEFAULT));
          return made;
        });
    assertThat(ids).hasSize(3);
    assertThat(result(engine, id, String.class)).isEqualTo("[1, 4, 9]");
  }

  @Test
  void aJobEnqueuesItsChildrenInATransactionStepExactlyOnce() {
    var child = db.kind(Integer.class, Integer.class);
    var parent =
        db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofMillis(1)));
    var runs = new java.util.concurrent.atomic.AtomicInteger();
    var engineOf = new java.util.concurrent.atomic.AtomicReference<Engine>();
    var engine =
        db.start(b ->
            b.handle(child, (n, _) -> n)
                .handle(
                    parent,
                    (_, job) -> {
                      job.transaction(
                          "start",
                          Integer.class,
                          tx ->
                              engineOf
                                  .get()
                                  .jobs()
                                  .enqueueChildren(
                                      tx,
                                      new io.sluice.engine.Jobs.Family(job.id(), "one"),
                                      child,
                                      List.of(7),
                                      EnqueueOptions.DEFAULT)
                                  .size());
                      if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("once more");
                      }
                      return job.join("one", Integer.class).toString();
                    }));
    engineOf.set(engine);
    var job = engine.jobs().enqueue(parent, "in", EnqueueOptions.DEFAULT).job();
    String said = result(engine, job, String.class);
    assertThat(said).contains("result=7").doesNotContain(", Done");
  }
}
