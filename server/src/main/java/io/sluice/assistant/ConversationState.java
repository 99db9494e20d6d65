package io.sluice.assistant;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the sample assistant remembers of a conversation.
///
/// @param turn how many have been
/// @param intent of the last turn that was understood
/// @param entities of that turn
public record ConversationState(
    int turn, @Nullable String intent, @Nullable Map<String, Object> entities) {
  /// Nothing was said yet.
  public static final ConversationState NEW = new ConversationState(0, null, null);
}
