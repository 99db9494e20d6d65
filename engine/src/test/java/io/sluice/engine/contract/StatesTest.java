package io.sluice.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.model.Move;
import io.sluice.engine.testing.EngineDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Takes each move of the transition table once, from each state that it may leave, and looks for
/// the line it leaves in the history.
class StatesTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final Set<String> TAKEN = new TreeSet<>();

  private static final EngineSettings SETTINGS =
      EngineDatabase.SETTINGS.withGrace(Duration.ofMillis(200));

  private final CountDownLatch working = new CountDownLatch(1);
  private final Kind<String, String> kind =
      db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofHours(1)));

  private Engine engine() {
    return db.start(SETTINGS, b -> b.handle(kind, this::run));
  }

  private String run(String in, io.sluice.engine.JobContext job) throws Exception {
    return switch (in) {
      case "ends" -> "";
      case "waits" -> job.await("go", String.class);
      case "fails" -> throw new TransientFailure("later", "later");
      case "dies" -> throw new PermanentFailure("X", "x");
      default -> {
        working.countDown();
        new CountDownLatch(1).await();
        yield "";
      }
    };
  }

  /// A job in a state, with the engine that brought it there.
  private JobId jobIn(JobState state, Engine engine) throws Exception {
    var options = EnqueueOptions.DEFAULT;
    return switch (state) {
      case QUEUED ->
          engine
              .jobs()
              .enqueue(kind, "ends", options.withRunAt(Instant.now().plusSeconds(3600)))
              .job();
      case WORKING -> {
        var job = engine.jobs().enqueue(kind, "works", options).job();
        working.await();
        yield job;
      }
      case WAITING -> brought(engine, "waits", state);
      case RETRYABLE -> brought(engine, "fails", state);
      case DEADLETTER -> brought(engine, "dies", state);
      case DONE -> brought(engine, "ends", state);
      case CANCELLED -> {
        var job = jobIn(JobState.QUEUED, engine);
        engine.jobs().cancel(job, "ada");
        yield job;
      }
    };
  }

  private JobId brought(Engine engine, String input, JobState state) {
    int before = db.moves().count(kind.name(), state);
    var job = engine.jobs().enqueue(kind, input, EnqueueOptions.DEFAULT).job();
    db.moves().await(kind.name(), state, before + 1);
    return job;
  }

  private static void assertTaken(Move move, JobState from, Engine engine, JobId job) {
    assertThat(move.from()).contains(from);
    assertThat(engine.operations().history(job))
        .as("%s from %s", move, from)
        .anyMatch(line -> line.from() == from && line.to() == move.to());
    TAKEN.add(move + " " + from);
  }

  private static void await(JobId job, JobState state) throws SQLException {
    db.awaitTrue(
        "(select state = '%s' from sluice_engine.job where id = '%s')".formatted(state.sql(), job));
  }

  @AfterAll
  static void noMoveOfTheTableWasNeverTaken() {
    var all = new TreeSet<String>();
    for (var move : Move.values()) {
      move.from().forEach(from -> all.add(move + " " + from));
    }
    assertThat(TAKEN).isEqualTo(all);
  }

  @Test
  void claimAndCompleteAreToldByTheRow() throws Exception {
    var engine = engine();
    var job = jobIn(JobState.DONE, engine);
    assertTaken(Move.CLAIM, JobState.QUEUED, engine, job);
    assertTaken(Move.COMPLETE, JobState.WORKING, engine, job);
    assertThat(
            db.number("select count(*) from sluice_engine.move where job_id = '%s'".formatted(job)))
        .isZero();
    assertThat(
            Set.of(Move.values()).stream().filter(Move::toldByTheRow).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Move.CLAIM, Move.COMPLETE);
  }

  @Test
  void parkAndWake() throws Exception {
    var engine = engine();
    var job = jobIn(JobState.WAITING, engine);
    assertTaken(Move.PARK, JobState.WORKING, engine, job);
    engine.jobs().signal(job, "go", "went");
    await(job, JobState.DONE);
    assertTaken(Move.WAKE, JobState.WAITING, engine, job);
  }

  @Test
  void failAndDue() throws Exception {
    var engine = engine();
    var job = jobIn(JobState.RETRYABLE, engine);
    assertTaken(Move.FAIL, JobState.WORKING, engine, job);
    db.execute("update sluice_engine.job set wake_at = now() where id = '%s'".formatted(job));
    db.moves().await(kind.name(), JobState.RETRYABLE, 2);
    assertTaken(Move.DUE, JobState.RETRYABLE, engine, job);
  }

  @Test
  void giveUp() throws Exception {
    var engine = engine();
    assertTaken(Move.GIVE_UP, JobState.WORKING, engine, jobIn(JobState.DEADLETTER, engine));
  }

  @Test
  void rescueAndPoison() throws Exception {
    var engine = db.client();
    for (int crashes : new int[] {0, 2}) {
      var job = jobIn(JobState.QUEUED, engine);
      db.execute(
          """
          with w as (insert into sluice_engine.worker (id, name, lease_until, kinds, queues)
                     values (gen_random_uuid(), 'dead', now() - interval '1 s', '{}', '{}') returning id)
          , b as (insert into sluice_engine.claim_batch (worker_id, number, jobs) select id, 1, array['%2$s'::uuid] from w)
          update sluice_engine.job j set state = 'working', ready = false, hold = null, wake_at = null, fence = fence + 1,
            worker_id = w.id, started_at = now(), crashes = %1$d from w where j.id = '%2$s'
          """
              .formatted(crashes, job));
      var rescuer = engine();
      await(job, crashes == 0 ? JobState.DONE : JobState.DEADLETTER);
      assertTaken(crashes == 0 ? Move.RESCUE : Move.POISON, JobState.WORKING, rescuer, job);
      rescuer.close();
    }
  }

  @Test
  void handOver() throws Exception {
    var engine = engine();
    var job = jobIn(JobState.WORKING, engine);
    engine.close();
    assertTaken(Move.HAND_OVER, JobState.WORKING, db.client(), job);
  }

  @Test
  void cancelFromEveryLiveState() throws Exception {
    var engine = engine();
    for (var from : Move.CANCEL.from()) {
      var job = jobIn(from, engine);
      assertThat(engine.jobs().cancel(job, "ada")).isOne();
      assertTaken(Move.CANCEL, from, engine, job);
    }
  }

  @Test
  void expireFromEveryLiveState() throws Exception {
    var engine = engine();
    for (var from : Move.EXPIRE.from()) {
      var job = jobIn(from, engine);
      db.execute("update sluice_engine.job set deadline_at = now() where id = '%s'".formatted(job));
      await(job, JobState.DEADLETTER);
      assertTaken(Move.EXPIRE, from, engine, job);
    }
  }

  @Test
  void retryFromWhereverAPersonMaySendAJobRoundAgain() throws Exception {
    var engine = engine();
    for (var from : Move.RETRY.from()) {
      var job = jobIn(from, engine);
      assertThat(engine.operations().retry(job, "ada")).isTrue();
      assertTaken(Move.RETRY, from, engine, job);
    }
    for (var from : new JobState[] {JobState.WORKING, JobState.DONE, JobState.QUEUED}) {
      assertThat(engine.operations().retry(jobIn(from, engine), "ada")).as("%s", from).isFalse();
    }
  }
}
