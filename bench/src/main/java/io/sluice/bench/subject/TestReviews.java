package io.sluice.bench.subject;

import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.review.ReviewRequest;
import io.sluice.review.Reviews;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;

/// The human queue: filled through its door, emptied over HTTP by reviewers who ask for the next
/// item at once when they have one.
final class TestReviews {
  private static final String LEFT =
      "select count(*) from sluice.review_item where status = 'pending'";
  private static final String TWICE =
      "select count(*) from sluice.review_item where claim_number > 1";

  private final Supplier<? extends ApplicationContext> server;
  private final Supplier<Api> api;
  private final Probe probe;
  private final List<String> reviewers = new ArrayList<>();

  TestReviews(Supplier<? extends ApplicationContext> server, Supplier<Api> api, Probe probe) {
    this.server = server;
    this.api = api;
    this.probe = probe;
  }

  void ask(int items) {
    var reviews = server.get().getBean(Reviews.class);
    server
        .get()
        .getBean(SpringTx.class)
        .in(tx -> {
          for (int i = 0; i < items; i++) {
            reviews.ask(tx, TenantId.DEFAULT, request(i));
          }
          return items;
        });
  }

  private static ReviewRequest request(int number) {
    return new ReviewRequest(
        "bench",
        new UUID(0, number),
        null,
        "Item " + number,
        "en-US",
        ReviewRequest.Needs.LANGUAGE,
        number % 3 == 0 ? 2 : 5,
        BigDecimal.valueOf(60),
        Map.of("observed", "Okay, the kitchen light is on."),
        null);
  }

  void claim(int people, int items) throws Exception {
    hire(people);
    var claimed = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Future<List<String>>>();
      for (var reviewer : reviewers.subList(0, people)) {
        Callable<List<String>> work = () -> claimAll(reviewer);
        tasks.add(threads.submit(work));
      }
      for (var task : tasks) {
        claimed.addAll(task.get());
      }
    }
    check(claimed, items);
  }

  private void hire(int people) throws Exception {
    while (reviewers.size() < people) {
      var body =
          Map.of(
              "name", "Reviewer " + reviewers.size(),
              "nativeLanguages", List.of("en"),
              "fluentLanguages", List.of(),
              "skills", List.of());
      reviewers.add(api.get().post("reviewers", body).get("reviewerId").asString());
    }
  }

  private List<String> claimAll(String reviewer) throws Exception {
    var mine = new ArrayList<String>();
    while (true) {
      var next = api.get().post("reviews/claim", Map.of("reviewerId", reviewer));
      if (next.isNull()) {
        return mine;
      }
      mine.add(next.get("reviewId").asString());
    }
  }

  private void check(List<String> claimed, int items) throws SQLException {
    int different = new HashSet<>(claimed).size();
    if (claimed.size() != items || different != items || probe.number(TWICE) != 0) {
      throw new IllegalStateException(
          "%d claims of %d items, where there were %d".formatted(claimed.size(), different, items));
    }
    if (probe.number(LEFT) != 0) {
      throw new IllegalStateException(probe.number(LEFT) + " items were not claimed");
    }
  }
}
