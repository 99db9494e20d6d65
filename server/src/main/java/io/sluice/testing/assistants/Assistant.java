package io.sluice.testing.assistants;

/// An assistant under test. Safe for use by many threads; each conversation belongs to one.
@FunctionalInterface
public interface Assistant {
  /// Says something to it and waits for the whole answer.
  ///
  /// @throws io.sluice.guard.NotNow if it may not be called now: park and ask again
  /// @throws io.sluice.guard.CallFailure if no answer came
  AssistantAnswer ask(Utterance utterance, Conversation conversation) throws InterruptedException;
}
