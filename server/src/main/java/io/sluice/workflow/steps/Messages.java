package io.sluice.workflow.steps;

import io.sluice.engine.JobContext;
import io.sluice.workflow.Signals;
import io.sluice.workflow.model.OnTimeout;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Waits for signals.
final class Messages {
  private Messages() {}

  /// What came.
  ///
  /// @param arrived false: the time was over first, and the step goes on
  /// @param verdict of the review queue, if it comes from there
  record Message(
      boolean arrived, @Nullable Object payload, @Nullable Map<String, @Nullable Object> verdict) {
    static Message of(Signals.Payload payload) {
      return new Message(true, payload.value(), payload.verdict());
    }
  }

  /// How long is waited, and what follows.
  ///
  /// @param limit null: for ever
  record Patience(@Nullable Duration limit, OnTimeout then) {
    /// For ever.
    static final Patience ENDLESS = new Patience(null, OnTimeout.FAIL);
  }

  /// Waits for a signal.
  ///
  /// @param job in whose scope the wait is recorded
  /// @throws StepFailure `TIMEOUT` if the time was over first, and that is a failure
  static Message await(JobContext job, StepCall call, String signal, Patience patience) {
    var limit = call.time().within(patience.limit());
    if (limit == null) {
      return Message.of(job.await(signal, Signals.Payload.class));
    }
    var payload = job.await(signal, Signals.Payload.class, limit);
    if (payload.isPresent()) {
      return Message.of(payload.get());
    }
    call.time().check();
    if (patience.then() == OnTimeout.FAIL) {
      throw StepFailure.lasting("TIMEOUT", "Nothing came within " + patience.limit());
    }
    return new Message(false, null, null);
  }
}
