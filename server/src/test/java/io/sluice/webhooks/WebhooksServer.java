package io.sluice.webhooks;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.sluice.SluiceServer;
import io.sluice.engine.JobEvent;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.engine.testing.Scratch;
import io.sluice.engine.testing.TestDatabase;
import io.sluice.platform.SpringTx;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server whose webhooks and notifications are tried again at once and given up soon.
public record WebhooksServer(ConfigurableApplicationContext context) implements AutoCloseable {
  static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  /// Where people reach the shared one.
  public static final String PUBLIC = "https://sluice.example/here";

  /// Its mail server.
  public static final GreenMail MAIL = mail();

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// One for most tests.
  private static final class Shared {
    static final TestDatabase DATABASE = TestDatabase.create();
    static final WebhooksServer SERVER =
        on(
            DATABASE,
            Scratch.fresh("webhooks"),
            "--sluice.public-url=" + PUBLIC,
            "--sluice.notifications.look=1s",
            "--sluice.notifications.attempts=3",
            "--sluice.notifications.first-delay=50ms",
            "--sluice.notifications.timeout=3s",
            "--sluice.notifications.smtp.host=127.0.0.1",
            "--sluice.notifications.smtp.port=" + MAIL.getSmtp().getPort(),
            "--sluice.notifications.smtp.security=none",
            "--sluice.notifications.smtp.from=Sluice <sluice@example.com>");
  }

  private static GreenMail mail() {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return server;
  }

  static TestDatabase database() {
    return Shared.DATABASE;
  }

  public static WebhooksServer shared() {
    return Shared.SERVER;
  }

  public static WebhooksServer on(TestDatabase database, Path data, String... more) {
    var app = database.app();
    var owner = database.owner();
    var arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--sluice.data=" + data,
                "--sluice.master-key=" + KEY,
                "--sluice.egress-allow=127.0.0.0/8",
                "--sluice.webhooks.schedule=0s,60ms,60ms",
                "--sluice.webhooks.throttle=200ms",
                "--sluice.webhooks.timeout=2s",
                "--sluice.webhooks.disable-after-exhausted=2",
                "--sluice.test.hook-targets=true",
                "--sluice.database-url=" + SharedServer.url(database, app.user(), app.password()),
                "--sluice.database-owner-url="
                    + SharedServer.url(database, owner.user(), owner.password()),
                "--logging.file.name=" + data.resolve("logs/sluice.log")));
    for (var other : more) {
      // The same option twice would be a list.
      arguments.removeIf(a -> a.startsWith(other.substring(0, other.indexOf('=') + 1)));
      arguments.add(other);
    }
    return new WebhooksServer(SluiceServer.start(arguments.toArray(String[]::new)));
  }

  public Calls http() {
    return new Calls(
        URI.create(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")));
  }

  /// A webhook for a type of its own, so that tests do not meet.
  public JsonNode subscribe(Receiver receiver, String type) {
    return create(Map.of("name", "test", "url", receiver.url(), "types", List.of(type)));
  }

  public JsonNode create(Map<String, ?> asked) {
    return http().post("/api/v1/webhooks", JSON.writeValueAsString(asked)).json(201);
  }

  public UUID announce(String type, String code, Map<String, ?> payload) {
    var subject = UUID.randomUUID();
    var event = new JobEvent(type, JobEvent.Severity.INFO, code, subject, payload);
    context
        .getBean(SpringTx.class)
        .in(tx -> {
          context.getBean(Operations.class).publish(tx, TenantId.DEFAULT, event);
          return true;
        });
    return subject;
  }

  public JsonNode webhook(JsonNode made) {
    return http().get(path(made)).json(200);
  }

  public static String path(JsonNode made) {
    return "/api/v1/webhooks/" + made.at("/webhook/id").asString();
  }

  public List<JsonNode> deliveries(JsonNode made, String query) {
    return http().get(path(made) + "/events" + query).json(200).get("items").valueStream().toList();
  }

  /// The newest delivery, once it has ended.
  public JsonNode ended(JsonNode made) {
    return Await.value(
        "a delivery ends",
        Duration.ofSeconds(30),
        () -> {
          var all = deliveries(made, "");
          return all.isEmpty() || all.getFirst().get("status").asString().equals("pending")
              ? Optional.empty()
              : Optional.of(all.getFirst());
        });
  }

  @Override
  public void close() {
    context.close();
  }
}
