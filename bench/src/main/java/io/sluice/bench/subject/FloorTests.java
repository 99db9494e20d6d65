package io.sluice.bench.subject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What a test run is without everything around it: requests whose status is looked at, a row for
/// each ten; and a queue that is nothing but one statement.
final class FloorTests implements AutoCloseable {
  private static final int CONNECTIONS = 16;

  private final Lanes lanes;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Target target;

  FloorTests(Lanes lanes) {
    this.lanes = lanes;
  }

  static String setting(Question question) {
    return question == Question.CLAIM
        ? "update … for update skip locked, a connection for each reviewer"
        : "the JDK's HttpClient, one row a ten requests, %d connections".formatted(CONNECTIONS);
  }

  void run(int executions) throws Exception {
    var shop = target();
    var taken = new AtomicInteger();
    lanes.run(
        CONNECTIONS,
        connection -> {
          int number;
          while ((number = taken.getAndIncrement()) < executions) {
            execute(connection, shop, number);
          }
        });
  }

  private void execute(Connection connection, Target shop, int number) throws Exception {
    for (int i = 0; i < WithTests.REQUESTS; i++) {
      var url = URI.create(shop.url("/shop/" + i + "?n=" + number));
      var answer = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(url + " is answered with " + answer.statusCode());
      }
    }
    try (var insert = connection.prepareStatement(FloorSql.INSERT_TEST)) {
      insert.setInt(1, number);
      insert.executeUpdate();
    }
  }

  private Target target() throws IOException {
    if (target == null) {
      target = new Target();
    }
    return target;
  }

  void ask(int items) throws SQLException {
    try (var insert = lanes.first().prepareStatement(FloorSql.INSERT_REVIEWS)) {
      insert.setInt(1, items);
      insert.executeUpdate();
    }
  }

  void claim(int reviewers, int items) throws Exception {
    var claimed = new AtomicInteger();
    lanes.run(
        reviewers,
        connection -> {
          try (var claim = connection.prepareStatement(FloorSql.CLAIM_REVIEW)) {
            while (claim.executeUpdate() == 1) {
              claimed.incrementAndGet();
            }
          }
        });
    if (claimed.get() != items) {
      throw new IllegalStateException(claimed + " claims of " + items + " items");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    if (target != null) {
      target.close();
    }
  }
}
