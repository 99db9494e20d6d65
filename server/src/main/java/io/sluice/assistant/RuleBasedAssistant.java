package io.sluice.assistant;

import io.sluice.assistant.model.Mind;
import io.sluice.assistant.model.Mishearing;
import io.sluice.engine.TenantId;
import io.sluice.providers.Audio;
import io.sluice.providers.SpeechMemory;
import io.sluice.providers.SpeechMemory.Heard;
import io.sluice.providers.Transcriber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Answers by rules; hears by what the synthesiser remembers, else by a transcription service.
@Component
class RuleBasedAssistant implements SampleAssistant {
  private static final int LONGEST = 1_000;

  private final SpeechMemory memory;
  private final Transcriber transcriber;

  RuleBasedAssistant(SpeechMemory memory, Transcriber transcriber) {
    this.memory = memory;
    this.transcriber = transcriber;
  }

  @Override
  public AssistantReply read(String language, String text, @Nullable ConversationState state) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new AssistantRefusal.Silence();
    }
    return mind(language).answer(text.strip(), state == null ? ConversationState.NEW : state);
  }

  @Override
  public AssistantReply hear(
      TenantId tenant, String language, Audio audio, @Nullable ConversationState state)
      throws InterruptedException {
    var mind = mind(language);
    return mind.answer(
        words(tenant, language, audio), state == null ? ConversationState.NEW : state);
  }

  private static Mind mind(String language) {
    return Mind.of(language).orElseThrow(AssistantRefusal.Language::new);
  }

  private String words(TenantId tenant, String language, Audio audio) throws InterruptedException {
    var known = memory.recall(tenant, audio);
    if (known.isPresent()) {
      return inNoise(known.get());
    }
    if (!transcriber.configured()) {
      throw new AssistantRefusal.CanNotHear();
    }
    return transcriber.transcribe(tenant, audio, language).text();
  }

  private static String inNoise(Heard heard) {
    var snr = heard.acoustics().snrDb();
    return snr == null ? heard.text() : Mishearing.of(heard.text(), snr, heard.acoustics().seed());
  }
}
