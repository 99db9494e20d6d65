package io.sluice.assistant;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the sample assistant answers.
///
/// @param transcript what it heard
/// @param intent null: it did not understand
/// @param reply what it says
/// @param conversation for the next turn
/// @param confidence 0 to 1: how sure it says to be
/// @param delay how long it takes to think: the face waits as long
public record AssistantReply(
    String transcript,
    @Nullable String intent,
    Map<String, Object> entities,
    String reply,
    ConversationState conversation,
    double confidence,
    Duration delay) {}
