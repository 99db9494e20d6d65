package io.sluice.assistant;

import io.sluice.engine.TenantId;
import io.sluice.providers.Audio;
import org.jspecify.annotations.Nullable;

/// The sample assistant. The same words in the same state give the same answer.
public interface SampleAssistant {
  /// Answers words.
  ///
  /// @param language a BCP 47 tag; English, Spanish and French are spoken
  /// @param state of the conversation; null: it begins
  /// @throws AssistantRefusal.Language if another language is asked for
  AssistantReply read(String language, String text, @Nullable ConversationState state);

  /// Answers speech.
  ///
  /// @throws AssistantRefusal.CanNotHear if it does not know the audio again, and no transcription
  ///   service is set up
  AssistantReply hear(
      TenantId tenant, String language, Audio audio, @Nullable ConversationState state)
      throws InterruptedException;
}
