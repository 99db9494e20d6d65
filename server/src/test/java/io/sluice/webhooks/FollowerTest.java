package io.sluice.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.JobEvent;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.engine.testing.Scratch;
import io.sluice.engine.testing.TestDatabase;
import io.sluice.platform.SpringTx;
import io.sluice.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Several nodes follow one database, and none for a while.
class FollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void noEventIsMissedAndNoneIsTurnedTwice() throws Exception {
    try (var database = TestDatabase.create();
        var receiver = Receiver.saying(200)) {
      var sent = 0;
      try (var one = start(database, "one");
          var two = start(database, "two")) {
        one.subscribe(receiver, "count");
        sent += announceAtOnce(List.of(one, two), 120);
        sent += commitInReverse(one, two);
        awaitDelivered(database, sent);
      }
      // Nobody follows.
      sent += announceWithoutServer(database, 30);
      try (var three = start(database, "three");
          var four = start(database, "four")) {
        sent += announceAtOnce(List.of(three, four), 40);
        awaitDelivered(database, sent);
        assertThat(receiver.got()).as("each arrived once").hasSize(sent);
        assertThat(ids(receiver)).hasSize(sent);
        assertThat(rows(database, "select count(*) from sluice.webhook_delivery")).isEqualTo(sent);
        assertThat(rows(database, "select count(distinct event_id) from sluice.webhook_delivery"))
            .isEqualTo(sent);
      }
    }
  }

  @Test
  void aNodeWithAnotherMasterKeySendsNothingAndSpendsNothing() {
    try (var database = TestDatabase.create();
        var receiver = Receiver.saying(200)) {
      JsonNode made;
      try (var right = start(database, "right")) {
        made =
            right.create(
                Map.of(
                    "name", "n",
                    "url", receiver.url(),
                    "types", List.of("count"),
                    "headers", Map.of("X-Key", "k")));
      }
      try (var wrong =
          WebhooksServer.on(
              database,
              Scratch.fresh("follower-wrong"),
              "--sluice.master-key=" + WebhooksServer.KEY.replace("MDE", "MDA"))) {
        wrong.announce("count", "c.d", Map.of());
        Await.until(
            "the delivery waits",
            PATIENCE,
            () ->
                rows(
                        database,
                        "select count(*) from sluice_engine.job where kind = 'webhook.deliver' and"
                            + " state = 'waiting' and attempt = 0 and wait_reason like '%master"
                            + " key%'")
                    == 1);
        wrong.http().get(WebhooksServer.path(made)).problem(503, "WRONG_MASTER_KEY");
        assertThat(receiver.got()).isEmpty();
      }
    }
  }

  private static WebhooksServer start(TestDatabase database, String name) {
    return WebhooksServer.on(database, Scratch.fresh("follower-" + name));
  }

  private static int announceAtOnce(List<WebhooksServer> nodes, int events) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var announced =
          IntStream.range(0, events)
              .mapToObj(n ->
                  threads.submit(
                      () -> nodes.get(n % nodes.size()).announce("count", "c.d", Map.of("n", n))))
              .toList();
      for (var one : announced) {
        one.get();
      }
    }
    return events;
  }

  /// The first to be announced is the last to commit, after a later one was seen.
  private static int commitInReverse(WebhooksServer early, WebhooksServer late) throws Exception {
    var announced = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow =
          threads.submit(() ->
              early
                  .context()
                  .getBean(SpringTx.class)
                  .in(tx -> {
                    early
                        .context()
                        .getBean(Operations.class)
                        .publish(
                            tx,
                            TenantId.DEFAULT,
                            new JobEvent(
                                "count", JobEvent.Severity.INFO, "slow.one", null, Map.of()));
                    announced.countDown();
                    await(commit);
                    return true;
                  }));
      announced.await();
      late.announce("count", "quick.one", Map.of());
      commit.countDown();
      slow.get();
    }
    return 2;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int announceWithoutServer(TestDatabase database, int events) throws Exception {
    try (var connection = database.connectAsOwner();
        var insert =
            connection.prepareStatement(
                "insert into sluice_engine.event (id, tenant_id, type, severity, code)"
                    + " values (?, ?, 'count', 'info', 'unseen.one')")) {
      for (int i = 0; i < events; i++) {
        insert.setObject(1, io.sluice.engine.IdSource.system().next());
        insert.setObject(2, TenantId.DEFAULT.value());
        insert.executeUpdate();
      }
    }
    return events;
  }

  private static void awaitDelivered(TestDatabase database, int count) {
    var delivered = "select count(*) from sluice.webhook_delivery where status = 'delivered'";
    Await.until(count + " are delivered", PATIENCE, () -> rows(database, delivered) >= count);
  }

  private static long rows(TestDatabase database, String query) throws Exception {
    try (var connection = database.connectAsOwner();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static java.util.Set<String> ids(Receiver receiver) {
    return receiver.got().stream().map(Receiver.Got::id).collect(Collectors.toSet());
  }
}
