package io.sluice.engine.testkit;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.Handler;
import io.sluice.engine.JacksonCodec;
import io.sluice.engine.JobError;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobId;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.TenantId;
import io.sluice.engine.engine.Rehearsal;
import io.sluice.engine.model.Verdict;
import io.sluice.engine.store.Claim;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One job of a handler under test, driven run by run.
///
/// @param <I> the input
/// @param <O> the output
public final class HandlerTest<I, O extends @Nullable Object> {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Kind<I, O> kind;
  private final Handler<I, O> handler;
  private final Codec codec = new JacksonCodec();
  private final MemoryLedger ledger = new MemoryLedger(codec, BEGIN);
  private final JobId job = new JobId(new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_0001L));
  private String inputJson = "null";
  private int runs;
  private int attempt;
  private @Nullable Instant due;

  private HandlerTest(Kind<I, O> kind, Handler<I, O> handler) {
    this.kind = kind;
    this.handler = handler;
  }

  /// How a run ended.
  ///
  /// @param <O> the output
  public sealed interface Status<O extends @Nullable Object> {
    /// The job is done.
    record Returned<O extends @Nullable Object>(O result) implements Status<O> {}

    /// The job is parked.
    ///
    /// @param until its timer; null for none
    /// @param reason what it waits for, in words
    record Waiting<O extends @Nullable Object>(@Nullable Instant until, String reason)
        implements Status<O> {}

    /// The attempt failed, and another will follow.
    record Retrying<O extends @Nullable Object>(JobError error, Duration delay)
        implements Status<O> {}

    /// The job has failed for good.
    record DeadLettered<O extends @Nullable Object>(JobError error) implements Status<O> {}

    /// The worker died where the test said.
    record Crashed<O extends @Nullable Object>(String step) implements Status<O> {}
  }

  /// A handler to test.
  public static <I, O extends @Nullable Object> HandlerTest<I, O> of(
      Kind<I, O> kind, Handler<I, O> handler) {
    return new HandlerTest<>(kind, handler);
  }

  /// Connections for `transaction` steps; each is committed when its step is. Without this, a
  /// transaction step fails.
  public HandlerTest<I, O> connectingTo(Supplier<Connection> connections) {
    ledger.connectTo(connections);
    return this;
  }

  /// Begins a job; nothing runs yet.
  public HandlerTest<I, O> begin(I input) {
    inputJson = codec.encode(input);
    return this;
  }

  /// The time. It starts at the beginning of 2026 and stands still until [#advance].
  public Instant now() {
    return ledger.now();
  }

  /// Lets time pass.
  public HandlerTest<I, O> advance(Duration time) {
    ledger.advance(time);
    return this;
  }

  /// Sends a signal.
  public HandlerTest<I, O> signal(String name, @Nullable Object payload) {
    ledger.signal(name, codec.encode(payload));
    return this;
  }

  /// The worker will die right after this step was recorded.
  ///
  /// @param step scope and name
  public HandlerTest<I, O> crashAfter(String step) {
    ledger.crash(step, true);
    return this;
  }

  /// The worker will die after this step's body has run and before it is recorded.
  public HandlerTest<I, O> crashBeforeRecording(String step) {
    ledger.crash(step, false);
    return this;
  }

  /// Ends a child of a group.
  ///
  /// @param group scope and name of the group
  /// @param index of its input
  public HandlerTest<I, O> endChild(String group, int index, Outcome<?> outcome) {
    ledger.endChild(group, index, outcome);
    return this;
  }

  /// Runs the handler once: from the beginning, or over what earlier runs recorded.
  public Status<O> proceed() {
    if (due != null && now().isBefore(due)) {
      throw new EngineProblem.Misuse("the retry is due at " + due + "; advance the clock first");
    }
    due = null;
    runs++;
    var claim =
        new Claim(
            job,
            TenantId.DEFAULT,
            kind.queue(),
            kind.name(),
            kind.version(),
            2 * runs - 1,
            attempt,
            0,
            runs > 1,
            inputJson,
            null,
            null,
            null,
            null,
            0,
            null);
    try {
      return status(Rehearsal.run(kind, handler, claim, ledger, codec, new Random(1)));
    } catch (MemoryLedger.Crash crash) {
      return new Status.Crashed<>(crash.step());
    }
  }

  @SuppressWarnings("NullAway") // a result of null is legal for kinds without output
  private Status<O> status(Rehearsal.End end) {
    return switch (end) {
      case Rehearsal.End.Returned returned ->
          new Status.Returned<>(
              returned.json() == null ? null : codec.decode(returned.json(), kind.output()));
      case Rehearsal.End.ParkedOn parked ->
          new Status.Waiting<>(parked.waits().until(), parked.waits().reason());
      case Rehearsal.End.Failed failed ->
          switch (failed.verdict()) {
            case Verdict.Retry retry -> retrying(retry);
            case Verdict.GiveUp lost -> new Status.DeadLettered<>(lost.error());
          };
    };
  }

  private Status<O> retrying(Verdict.Retry retry) {
    attempt++;
    due = now().plus(retry.delay());
    return new Status.Retrying<>(retry.error(), retry.delay());
  }

  /// What was recorded as done, in order: scope and name.
  public List<String> recorded() {
    return ledger.recorded();
  }

  /// What was announced, in order.
  public List<JobEvent> events() {
    return ledger.events();
  }

  /// The newest progress, `done/total`; null if there was none.
  public @Nullable String progress() {
    return ledger.progressText();
  }
}
