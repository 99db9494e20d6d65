package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Handler;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.testing.EngineDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A step that is recorded in the commit that ends its job.
class LastStepTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicBoolean parked = new AtomicBoolean();
  private final Kind<String, String> kind =
      db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofMillis(1)));

  private String last(JobContext job) {
    return job.step(
        "last", String.class, StepOptions.DEFAULT.asLast(), () -> "v" + runs.incrementAndGet());
  }

  private JobId ended(Handler<String, String> handler, String expected) {
    var engine = db.start(b -> b.handle(kind, handler));
    var job = engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
    assertThat(result(engine, job, String.class)).isEqualTo(expected);
    return job;
  }

  private static List<String> records(JobId job) throws SQLException {
    return db.texts(
        "select name || ' ' || (value #>> '{}') from sluice_engine.checkpoint where job_id = '%s' order by recorded_at, name"
            .formatted(job));
  }

  private static boolean inOneCommit(JobId job) throws SQLException {
    return db.texts(
            "select (c.xmin = j.xmin)::text from sluice_engine.checkpoint c join sluice_engine.job j on j.id = c.job_id where j.id = '%s'"
                .formatted(job))
        .equals(List.of("true"));
  }

  @Test
  void isRecordedInTheCommitThatEndsTheJob() throws Exception {
    var job = ended((_, context) -> last(context), "v1");
    assertThat(records(job)).containsExactly("last v1");
    assertThat(inOneCommit(job)).isTrue();
  }

  @Test
  void isRecordedBeforeWhatComesAfterItAllTheSame() throws Exception {
    var job =
        ended(
            (_, context) -> {
              var value = last(context);
              var before = records(context.id()).size();
              context.step("after", String.class, () -> "seen " + records(context.id()));
              return value + " " + before;
            },
            "v1 0");
    assertThat(records(job)).containsExactly("last v1", "after seen [last v1]");
  }

  @Test
  void isNotRepeatedWhenTheAttemptFailsAfterIt() throws Exception {
    var job =
        ended(
            (_, context) -> {
              var value = last(context);
              if (context.attempt() == 0) {
                throw new TransientFailure("later", "not yet");
              }
              return value;
            },
            "v1");
    assertThat(runs).hasValue(1);
    assertThat(records(job)).containsExactly("last v1");
  }

  @Test
  void isRecordedWhenTheJobParks() throws Exception {
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, context) -> {
                  var value = last(context);
                  if (!parked.getAndSet(true)) {
                    throw context.park(Instant.now().plusSeconds(1), "not ready");
                  }
                  return value;
                }));
    var job = engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
    db.moves().await(kind.name(), JobState.WAITING, 1);
    assertThat(records(job)).containsExactly("last v1");
    assertThat(result(engine, job, String.class)).isEqualTo("v1");
    assertThat(runs).hasValue(1);
  }

  @Test
  void failsLikeAnyOtherWhenItsValueCanNotBeStored() throws Exception {
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, context) ->
                    context.step(
                        "last", String.class, StepOptions.DEFAULT.asLast(), () -> "a\0b")));
    var job = engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
    db.moves().await(kind.name(), JobState.DEADLETTER, 1);
    assertThat(records(job)).isEmpty();
  }
}
