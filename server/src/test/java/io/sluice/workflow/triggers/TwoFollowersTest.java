package io.sluice.workflow.triggers;

import static io.sluice.workflow.triggers.TriggerCalls.draft;
import static io.sluice.workflow.triggers.TriggerCalls.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SluiceServer;
import io.sluice.engine.testing.Scratch;
import io.sluice.engine.testing.TestDatabase;
import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// Two servers on one database, one of which comes and goes.
class TwoFollowersTest {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final int EVENTS = 60;
  private static TestDatabase database;
  private static ConfigurableApplicationContext one;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    one = server("one");
  }

  @AfterAll
  static void stop() {
    one.close();
    database.close();
  }

  private static ConfigurableApplicationContext server(String name) {
    var data = Scratch.fresh("followers-" + name);
    var app = database.app();
    var owner = database.owner();
    return SluiceServer.start(
        "--server.port=0",
        "--sluice.data=" + data,
        "--sluice.master-key=" + KEY,
        "--sluice.database-url=" + SharedServer.url(database, app.user(), app.password()),
        "--sluice.database-owner-url=" + SharedServer.url(database, owner.user(), owner.password()),
        "--logging.file.name=" + data.resolve("logs/sluice.log"));
  }

  private static TriggerCalls calls(ConfigurableApplicationContext server) {
    return new TriggerCalls(
        new Calls(
            URI.create(
                "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port"))));
  }

  @Test
  void eachEventFiresOnceWhoeverFollows() {
    var calls = calls(one);
    var type = unique("order").replace("-", ".x");
    var made = calls.create(draft("event", calls.echo(), Map.of("type", type)));
    try (var two = server("two")) {
      var other = calls(two);
      for (int i = 0; i < EVENTS; i++) {
        (i % 2 == 0 ? calls : other).publish(type, Map.of("n", i));
      }
      calls.firings(made, "started", EVENTS);
    }
    // What is announced while one has gone, the other starts.
    calls.publish(type, Map.of("n", EVENTS));
    var fired = calls.firings(made, "started", EVENTS + 1);
    assertThat(fired).hasSize(EVENTS + 1);
    var sources = new HashSet<String>();
    fired.forEach(f -> sources.add(f.get("sourceId").asString()));
    assertThat(sources).hasSize(EVENTS + 1);
    assertThat(
            calls
                .http()
                .rows(
                    "select count(*) from sluice.workflow_execution where trigger_id = '%s'"
                        .formatted(TriggerCalls.id(made))))
        .hasToString("[[" + (EVENTS + 1) + "]]");
  }

  @Test
  void whatWasAnnouncedWhileNobodyFollowedIsMadeUpFor() {
    var calls = calls(one);
    var type = unique("order").replace("-", ".x");
    var made = calls.create(draft("event", calls.echo(), Map.of("type", type)));
    calls.publish(type, Map.of("n", 1));
    one.close();
    try (var connection = database.connectAsOwner();
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into sluice_engine.event (id, tenant_id, type, severity, code, payload) values"
              + " (sluice_engine.uuid_v7(), '00000000-0000-7000-8000-000000000001', '%s', 'info', '%s', '{\"n\": 2}')"
                  .formatted(type, type));
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
    one = server("one-again");
    assertThat(calls(one).firings(made, "started", 2)).hasSize(2);
  }
}
