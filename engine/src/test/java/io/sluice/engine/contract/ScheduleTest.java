package io.sluice.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.Schedule;
import io.sluice.engine.Schedule.Gap;
import io.sluice.engine.Schedule.Missed;
import io.sluice.engine.Schedule.Rhythm;
import io.sluice.engine.TenantId;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Each firing of a schedule happens once, however many nodes there are.
class ScheduleTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static List<String> firings(Kind<?, ?> kind) throws SQLException {
    return db.texts(
        "select key from sluice_engine.unique_key where kind = '%s' order by key"
            .formatted(kind.name()));
  }

  private static Schedule every(String name, Kind<?, ?> kind, Missed missed) {
    return new Schedule(
        name, TenantId.DEFAULT, kind.name(), "in", new Rhythm.Every(Duration.ofSeconds(1)), missed);
  }

  @Test
  void anIntervalFiresOnceEachTimeWithTwoNodes() throws Exception {
    var kind = db.kind(String.class, String.class);
    var one = db.start(b -> b.handle(kind, (in, _) -> in));
    db.start(b -> b.handle(kind, (in, _) -> in));
    var name = db.name("tick");
    one.operations().schedule(every(name, kind, Missed.SKIP));
    db.moves().await(kind.name(), JobState.DONE, 3);
    one.operations().unschedule(name);
    var fired = firings(kind);
    assertThat(fired).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    db.moves().await(kind.name(), JobState.DONE, fired.size());
    assertThat(
            db.number(
                "select count(*) from sluice_engine.job where kind = '%s'".formatted(kind.name())))
        .isEqualTo(fired.size());
  }

  @Test
  void cronFiresWhenItIsDue() throws Exception {
    var kind = db.kind(String.class, String.class);
    var name = db.name("cron");
    var client = db.client();
    client.operations().schedule(Schedule.cron(name, kind, "in", "*/5 * * * *", null));
    assertThat(
            db.number(
                "select extract(minute from next_at)::int %% 5 from sluice_engine.schedule where name = '%s'"
                    .formatted(name)))
        .isZero();
    due(name, "10 seconds");
    db.start(b -> b.handle(kind, (in, _) -> in));
    db.moves().await(kind.name(), JobState.DONE, 1);
    assertThat(
            db.number(
                "select (next_at > now())::int from sluice_engine.schedule where name = '%s'"
                    .formatted(name)))
        .isOne();
    assertThat(client.operations().unschedule(name)).isTrue();
    assertThat(client.operations().unschedule(name)).isFalse();
  }

  private static void due(String name, String ago) throws SQLException {
    db.execute(
        "update sluice_engine.schedule set next_at = now() - interval '%s' where name = '%s'"
            .formatted(ago, name));
  }

  @Test
  void whatWasMissedIsLeftOutRunOnceOrAllRun() throws Exception {
    for (var missed : Missed.values()) {
      var kind = db.kind(String.class, String.class);
      var name = db.name("missed");
      var client = db.client();
      client
          .operations()
          .schedule(
              new Schedule(
                  name,
                  TenantId.DEFAULT,
                  kind.name(),
                  "in",
                  new Rhythm.Every(Duration.ofMinutes(10)),
                  missed));
      due(name, "35 minutes");
      int expected =
          switch (missed) {
            case SKIP -> 0;
            case RUN_ONCE -> 1;
            case RUN_ALL -> 4;
          };
      var engine = db.start(b -> b.handle(kind, (in, _) -> in));
      if (expected > 0) {
        db.moves().await(kind.name(), JobState.DONE, expected);
      }
      db.awaitTrue(
          "(select next_at > now() from sluice_engine.schedule where name = '%s')".formatted(name));
      assertThat(firings(kind)).as("%s", missed).hasSize(expected);
      engine.operations().unschedule(name);
      engine.close();
    }
  }

  @Test
  void replacingAScheduleKeepsItsNextFiringUnlessTheRhythmChanges() throws Exception {
    var kind = db.kind(String.class, String.class);
    var name = db.name("kept");
    var client = db.client();
    client.operations().schedule(Schedule.cron(name, kind, "a", "0 4 * * *", null));
    var next = next(name);
    client.operations().schedule(Schedule.cron(name, kind, "b", "0 4 * * *", null));
    assertThat(next(name)).isEqualTo(next);
    client.operations().schedule(Schedule.cron(name, kind, "b", "0 5 * * *", null));
    assertThat(next(name)).isNotEqualTo(next);
    client.operations().unschedule(name);
  }

  private static String next(String name) throws SQLException {
    return db.texts("select next_at from sluice_engine.schedule where name = '%s'".formatted(name))
        .getFirst();
  }

  @Test
  void aScheduleIsMadeAndRemovedWithTheCallersTransaction() throws Exception {
    var kind = db.kind(String.class, String.class);
    var name = db.name("tx");
    var client = db.client();
    var hourly = every(name, kind, Duration.ofHours(1));
    assertThatThrownBy(() ->
            client.inTransaction(tx -> {
              client.operations().schedule(tx, hourly);
              throw new SQLException("rolled back");
            }))
        .hasMessage("rolled back");
    assertThat(client.operations().nextFiring(name)).isEmpty();
    client.inTransaction(tx -> {
      client.operations().schedule(tx, hourly);
      return true;
    });
    assertThat(client.operations().nextFiring(name)).isPresent();
    assertThat(client.<Boolean>inTransaction(tx -> client.operations().unschedule(tx, name)))
        .isTrue();
    assertThat(client.operations().nextFiring(name)).isEmpty();
  }

  @Test
  void aJobKnowsWhenItWasDue() throws Exception {
    var kind = db.kind(String.class, String.class);
    var name = db.name("due");
    var due = new AtomicReference<Instant>();
    var made = new AtomicReference<Engine>();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var view = made.get().operations().job(job.id()).orElseThrow();
                  due.compareAndSet(null, Schedule.dueOf(view).orElseThrow());
                  return "done";
                }));
    made.set(engine);
    engine.inTransaction(tx -> {
      engine.operations().schedule(tx, every(name, kind, Duration.ofSeconds(1)));
      return true;
    });
    var first = engine.operations().nextFiring(name).orElseThrow();
    db.moves().await(kind.name(), JobState.DONE, 1);
    assertThat(due.get()).isEqualTo(first);
    engine.operations().unschedule(name);
  }

  @Test
  void tellsWhenARhythmWouldFire() {
    var operations = db.client().operations();
    var noon = Instant.parse("2026-03-28T12:00:00Z");
    var cron = new Rhythm.Cron("30 2 * * *", ZoneId.of("Europe/Berlin"), Gap.SKIP);
    assertThat(operations.upcoming(cron, noon, 2))
        .containsExactly(
            Instant.parse("2026-03-30T00:30:00Z"), Instant.parse("2026-03-31T00:30:00Z"));
    var never = new Rhythm.Cron("0 0 31 2 *", ZoneId.of("UTC"), Gap.SKIP);
    assertThat(operations.upcoming(never, noon, 2)).isEmpty();
  }

  private static Schedule every(String name, Kind<?, ?> kind, Duration interval) {
    return Schedule.every(name, kind, "in", interval);
  }
}
