package io.sluice.guard.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.Admission;
import io.sluice.guard.NotNow;
import io.sluice.guard.RateLimit;
import io.sluice.testing.Await;
import io.sluice.testing.StubService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that share rate limits through one database.
class SharedRateLimitTest {
  private final StubService service = StubService.start();
  private final String name = "rate-" + UUID.randomUUID();

  @AfterEach
  void stop() {
    service.close();
  }

  private void together(GuardNode one, GuardNode two, int calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ArrayList<Future<String>>();
      for (int i = 0; i < calls; i++) {
        var node = i % 2 == 0 ? one : two;
        outcomes.add(threads.submit(() -> node.call(name, service.url("/"))));
      }
      for (var outcome : outcomes) {
        assertThat(outcome.get()).isIn("200", "RATE_LIMITED");
      }
    }
  }

  @Test
  void neverMoreThanTheRateOnAllNodesTogether() throws Exception {
    var limit = new RateLimit(12, Duration.ofMinutes(10), null);
    try (var one = new GuardNode();
        var two = new GuardNode()) {
      one.configure(name, GuardNode.quick(1, 2, limit));
      together(one, two, 100);
      assertThat(service.asked()).hasSize(12);
      assertThat(one.outbound().admit(GuardNode.TENANT, name)).isInstanceOf(Admission.Later.class);
      assertThatThrownBy(() -> two.answer(name, service.url("/")))
          .isInstanceOfSatisfying(
              NotNow.RateLimited.class,
              refusal -> {
                assertThat(refusal.key()).isEqualTo(name);
                assertThat(refusal.retryAfter()).isPresent();
              });
    }
  }

  @Test
  void theLimitOfTheSettingsHoldsWhereNoneIsConfigured() throws Exception {
    var limits = Map.of(name, new RateLimit(3, Duration.ofMinutes(10), null));
    try (var one = new GuardNode(limits);
        var two = new GuardNode(limits)) {
      together(one, two, 20);
      assertThat(service.asked()).hasSize(3);
    }
  }

  @Test
  void callsAreLetInAgainAsTimePasses() throws Exception {
    var limit = new RateLimit(5, Duration.ofSeconds(1), 1);
    try (var one = new GuardNode()) {
      one.configure(name, GuardNode.quick(1, 2, limit));
      long began = System.nanoTime();
      Await.until(
          "six calls were let in",
          Duration.ofSeconds(15),
          () -> {
            one.call(name, service.url("/"));
            return service.asked().size() >= 6;
          });
      // The first at once, and one each 200 ms after it.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(950));
    }
  }
}
