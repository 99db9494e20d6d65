package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.LimitRule;
import io.sluice.engine.TenantId;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Limits hold on all nodes together, and tenants share them.
class LimitTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private record Interval(String key, long fromNanos, long toNanos) {}

  private final Queue<Interval> ran = new ConcurrentLinkedQueue<>();

  private String work(String key) throws InterruptedException {
    long from = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(3);
    ran.add(new Interval(key, from, System.nanoTime()));
    return key;
  }

  private static int mostAtOnce(List<Interval> intervals) {
    int most = 0;
    for (var one : intervals) {
      int beside = 0;
      for (var other : intervals) {
        if (other.fromNanos() <= one.fromNanos() && one.fromNanos() < other.toNanos()) {
          beside++;
        }
      }
      most = Math.max(most, beside);
    }
    return most;
  }

  @Test
  void neverMoreOfAKeyRunAtOnceThanItsLimitOnTwoNodes() {
    var kind =
        db.kind(String.class, String.class).withLimit(LimitRule.concurrency(db.name("limit"), 3));
    var engines = new ArrayList<Engine>();
    for (int i = 0; i < 2; i++) {
      engines.add(db.start(b -> b.handle(kind, (in, _) -> work(in))));
    }
    var jobs = new ArrayList<JobId>();
    for (var key : List.of("a", "b")) {
      var options = EnqueueOptions.DEFAULT.withLimitValue(key);
      var inputs = java.util.Collections.nCopies(60, key);
      jobs.addAll(engines.getFirst().jobs().enqueueAll(kind, inputs, options));
    }
    jobs.forEach(job -> result(engines.getLast(), job, String.class));
    for (var key : List.of("a", "b")) {
      var intervals = ran.stream().filter(i -> i.key().equals(key)).toList();
      assertThat(intervals).hasSize(60);
      assertThat(mostAtOnce(intervals)).isBetween(1, 3);
    }
    assertThat(mostAtOnce(List.copyOf(ran))).isGreaterThan(1);
  }

  /// One tenant enqueued a hundred jobs before the other enqueued five: the five do not wait for
  /// the hundred.
  @Test
  void tenantsTakeTurnsAtALimit() {
    for (int slots : new int[] {1, 2}) {
      var kind =
          db.kind(String.class, String.class)
              .withLimit(LimitRule.concurrency(db.name("fair"), slots));
      var client = db.client();
      var jobs = new ArrayList<JobId>();
      var greedy = new TenantId(UUID.randomUUID());
      var modest = new TenantId(UUID.randomUUID());
      var order = new ConcurrentLinkedQueue<TenantId>();
      var many = java.util.Collections.nCopies(100, "");
      jobs.addAll(client.jobs().enqueueAll(kind, many, EnqueueOptions.of(greedy)));
      jobs.addAll(client.jobs().enqueueAll(kind, many.subList(0, 5), EnqueueOptions.of(modest)));
      var engine =
          db.start(b ->
              b.handle(
                  kind,
                  (_, job) -> {
                    order.add(job.tenant());
                    return "";
                  }));
      jobs.forEach(job -> result(engine, job, String.class));
      var list = List.copyOf(order);
      assertThat(list.lastIndexOf(modest)).isLessThan(20);
    }
  }

  @Test
  void neverMoreThanTheRateStartInAnyWindow() throws Exception {
    int rate = 10;
    var period = Duration.ofSeconds(1);
    var kind =
        db.kind(String.class, String.class)
            .withLimit(LimitRule.rate(db.name("rate"), rate, period));
    var engine = db.start(b -> b.handle(kind, (in, _) -> work(in)));
    var jobs =
        engine
            .jobs()
            .enqueueAll(kind, java.util.Collections.nCopies(30, "x"), EnqueueOptions.DEFAULT);
    long began = System.nanoTime();
    jobs.forEach(job -> result(engine, job, String.class));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
    var admitted =
        db
            .texts(
                "select (extract(epoch from ready_order) * 1000000)::bigint from sluice_engine.job where kind = '%s'"
                    .formatted(kind.name()))
            .stream()
            .map(Long::parseLong)
            .sorted(Comparator.naturalOrder())
            .toList();
    for (int i = rate; i < admitted.size(); i++) {
      assertThat(admitted.get(i) - admitted.get(i - rate))
          .as("from admission %d to %d", i - rate, i)
          .isGreaterThanOrEqualTo(period.toNanos() / 1000);
    }
  }

  @Test
  void aRaisedLimitLetsTheWaitingInAtOnce() {
    var rule = LimitRule.concurrency(db.name("raised"), 1);
    var kind = db.kind(String.class, String.class).withLimit(rule);
    var first = new java.util.concurrent.CountDownLatch(1);
    var all = new java.util.concurrent.CountDownLatch(3);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, _) -> {
                  first.countDown();
                  all.countDown();
                  all.await();
                  return in;
                }));
    var jobs =
        engine
            .jobs()
            .enqueueAll(kind, java.util.Collections.nCopies(3, "x"), EnqueueOptions.DEFAULT);
    CancelTest.awaitUninterruptibly(first);
    engine.operations().limit(LimitRule.concurrency(rule.name(), 3));
    jobs.forEach(job -> result(engine, job, String.class));
  }

  /// Who enqueues may be quicker than the first worker, which brings the rule.
  @Test
  void aLimitHoldsForWhatWasEnqueuedBeforeAnyWorkerDeclaredIt() throws Exception {
    var kind =
        db.kind(String.class, String.class).withLimit(LimitRule.concurrency(db.name("early"), 2));
    var client = db.client();
    var jobs =
        client
            .jobs()
            .enqueueAll(kind, java.util.Collections.nCopies(30, "x"), EnqueueOptions.DEFAULT);
    assertThat(client.jobs().result(jobs.getFirst(), String.class, Duration.ofMillis(100)))
        .isEmpty();
    var engine = db.start(b -> b.handle(kind, (in, _) -> work(in)));
    jobs.forEach(job -> result(engine, job, String.class));
    assertThat(mostAtOnce(List.copyOf(ran))).isLessThanOrEqualTo(2);
  }
}
