package io.sluice.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.events.EventFollower;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.StubService;
import io.sluice.webhooks.WebhooksServer;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that looks at the queue all the time and tries again at once, with an assistant that
/// understands English only.
final class NotificationsServer {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final WebhooksServer SERVER = WebhooksServer.shared();
  private static final StubService ASSISTANT =
      StubService.start().answering(NotificationsServer::reply);

  private NotificationsServer() {}

  private static StubService.Reply reply(StubService.Asked asked) {
    var language = JSON.readTree(asked.body()).path("language").asString();
    var intent = language.startsWith("en") ? "lights.on" : "weather";
    var answer = JSON.writeValueAsString(Map.of("intent", intent, "reply", "Well, well."));
    return StubService.Reply.of(200, answer).with("Content-Type", "application/json");
  }

  static Calls http() {
    return SERVER.http();
  }

  /// Mails that were received.
  static MimeMessage[] mails() {
    return WebhooksServer.MAIL.getReceivedMessages();
  }

  /// Looks at the events beside the server's own follower, as other nodes do, until it is closed.
  static AutoCloseable otherNodes(int count) throws ClassNotFoundException {
    var type = Class.forName("io.sluice.notifications.work.RunFollower");
    var running = new AtomicBoolean(true);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < count; i++) {
      var factory = SERVER.context().getAutowireCapableBeanFactory();
      var follower = (EventFollower) factory.createBean(type);
      threads.submit(() -> {
        while (running.get()) {
          follower.look();
        }
      });
    }
    return () -> {
      running.set(false);
      threads.close();
    };
  }

  /// A name that nobody else has.
  static String name(String what) {
    return what + " " + NUMBER.incrementAndGet();
  }

  static JsonNode channel(Map<String, ?> asked) {
    return http().post("/api/v1/notifications/channels", JSON.writeValueAsString(asked)).json(201);
  }

  /// Stops it from hearing what other tests do.
  static void drop(JsonNode channel) {
    assertThat(http().delete(path(channel)).status()).isEqualTo(204);
  }

  static String path(JsonNode channel) {
    return "/api/v1/notifications/channels/" + channel.get("id").asString();
  }

  static List<JsonNode> history(String query) {
    return http()
        .get("/api/v1/notifications?" + query)
        .json(200)
        .get("items")
        .valueStream()
        .toList();
  }

  /// The newest of a channel, once it is in some state.
  static JsonNode told(JsonNode channel, String state) {
    var query = "channelId=" + channel.get("id").asString() + "&state=" + state;
    return Await.value(
        "a notification is " + state, PATIENCE, () -> history(query).stream().findFirst());
  }

  static String asset(String route, String yaml) {
    var headers = Map.of("Content-Type", "application/yaml");
    var reply = http().send("POST", "/api/v1/" + route, BodyPublishers.ofString(yaml), headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.json().get("asset").get("id").asString();
  }

  /// A case of so many rows that fails in every language but English.
  static String testCase(String name, int rows, String... languages) {
    var yaml = new StringBuilder("name: " + JSON.writeValueAsString(name) + "\ntype: voice\n");
    yaml.append("parameters:\n");
    for (int row = 1; row <= rows; row++) {
      yaml.append("  - {room: room").append(row).append("}\n");
    }
    yaml.append("languages:\n");
    for (var language : languages) {
      yaml.append("  ")
          .append(language)
          .append(": {utterance: \"the ${row.room}\", expect: {intent: lights.on}}\n");
    }
    return asset("test-cases", yaml.toString());
  }

  /// Runs a suite, or cases, and waits for the end.
  static JsonNode run(Map<String, ?> chosen, String... languages) {
    var body = new HashMap<String, Object>(chosen);
    body.put("languages", new ArrayList<>(List.of(languages)));
    body.put(
        "environment", Map.of("assistant", Map.of("type", "text", "url", ASSISTANT.url("/text"))));
    var made = http().post("/api/v1/test-runs", JSON.writeValueAsString(body)).json(201);
    var path = "/api/v1/test-runs/" + made.get("testRunId").asString();
    http().post(path + "/schedule", "{}").json(202);
    return Await.value(
        "the run ends",
        PATIENCE,
        () ->
            Optional.of(http().get(path).json(200))
                .filter(run -> run.get("status").asString().equals("completed")));
  }
}
