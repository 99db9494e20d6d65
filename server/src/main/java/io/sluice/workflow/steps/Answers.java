package io.sluice.workflow.steps;

import io.sluice.engine.Branch;
import io.sluice.workflow.Signals;
import io.sluice.workflow.steps.Messages.Message;
import io.sluice.workflow.steps.Messages.Patience;
import java.util.List;

/// Asks people and waits for one answer, whichever way it comes.
final class Answers {
  private final People people;

  Answers(People people) {
    this.people = people;
  }

  /// Asks, and waits. Whatever ends the wait closes the question; an answer that was given before
  /// it was closed counts, although the time was over by then.
  Message to(Question question, StepCall call, Patience patience) {
    people.ask(call, question);
    Message got;
    try {
      got = Messages.await(call.job(), call, question.signal(), patience);
    } catch (StepFailure timeout) {
      if (people.close(call)) {
        return late(question, call);
      }
      throw timeout;
    }
    boolean late = people.close(call) && !got.arrived();
    return late ? late(question, call) : got;
  }

  /// In a scope of its own: the wait of that name has ended without an answer.
  private static Message late(Question question, StepCall call) {
    var branch =
        new Branch<Signals.Payload>(
            "0", job -> job.await(question.signal(), Signals.Payload.class));
    return Message.of(
        call.job()
            .parallel(call.name() + "#late", Signals.Payload.class, List.of(branch), 1)
            .getFirst());
  }
}
