package io.sluice.testing.assistants;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one turn hands on to the next.
///
/// @param id of the conversation
/// @param turn 1 for the first
/// @param state the assistant's own, as plain JSON; null in the first turn
public record Conversation(UUID id, int turn, @Nullable Object state) {
  /// A new one.
  public static Conversation start(UUID id) {
    return new Conversation(id, 1, null);
  }

  /// For the turn behind an answer. An answer that hands nothing on leaves the state as it was.
  public Conversation after(AssistantAnswer answer) {
    return new Conversation(
        id, turn + 1, answer.conversation() == null ? state : answer.conversation());
  }
}
