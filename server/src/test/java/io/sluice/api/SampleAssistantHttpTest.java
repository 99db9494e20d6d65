package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.providers.Acoustics;
import io.sluice.providers.Audio;
import io.sluice.providers.SpeechRequest;
import io.sluice.providers.SpeechSynthesizer;
import io.sluice.providers.speech.EspeakTest;
import io.sluice.providers.store.SpeechStore;
import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import io.sluice.testing.assistants.Assistants;
import io.sluice.testing.assistants.Conversation;
import io.sluice.testing.assistants.Utterance;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SampleAssistantHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Calls http = SharedServer.calls();
  private final Assistants assistants = SharedServer.context().getBean(Assistants.class);

  private io.sluice.testing.Reply voice(Audio audio, String query) {
    return http.send(
        "POST",
        "/sample-assistant/voice" + query,
        BodyPublishers.ofByteArray(audio.wav()),
        Map.of("Content-Type", "audio/wav"));
  }

  /// Puts audio into the memory of the synthesiser, as if it had been spoken.
  private static Audio spoken(String text, Acoustics room) {
    var samples = new short[1_600];
    java.util.Arrays.setAll(
        new int[samples.length], i -> samples[i] = (short) (i * text.hashCode()));
    var audio = new Audio(Audio.SPEECH_HZ, samples);
    var request = SpeechRequest.of("en-US", text).in(room);
    var key = new Audio(8_000, samples).sha256();
    SharedServer.context()
        .getBean(SpeechStore.class)
        .put(
            TenantId.DEFAULT,
            new SpeechStore.Entry(key, "test", "1", "v", request, audio.sha256()),
            audio.pcm());
    return audio;
  }

  @Test
  void answersWordsOverSeveralTurns() {
    var first =
        http.post(
                "/sample-assistant/text",
                "{\"text\":\"turn on the kitchen light\",\"language\":\"en-US\"}")
            .json(200);
    assertThat(first.get("intent").asString()).isEqualTo("lights.on");
    assertThat(first.at("/entities/room").asString()).isEqualTo("kitchen");
    assertThat(first.get("reply").asString()).isEqualTo("Okay, the kitchen light is on.");
    assertThat(first.get("confidence").asDouble()).isEqualTo(0.95);
    var second =
        http.post(
                "/sample-assistant/text",
                JSON.writeValueAsString(
                    Map.of(
                        "text", "and in the bedroom?",
                        "language", "en-US",
                        "conversation", first.get("conversation"))))
            .json(200);
    assertThat(second.at("/entities/room").asString()).isEqualTo("bedroom");
    assertThat(second.at("/conversation/turn").asInt()).isEqualTo(2);
  }

  @Test
  void refusesWhatItCanNotAnswer() {
    http.post("/sample-assistant/text", "{\"language\":\"en\"}").problem(400, "BAD_BODY");
    http.post("/sample-assistant/text", "{\"text\":\"hallo\",\"language\":\"de\"}")
        .problem(400, "UNKNOWN_LANGUAGE");
    http.post("/sample-assistant/text", "{\"text\":\"hi\",\"colour\":1}").problem(400, "BAD_BODY");
    http.send(
            "POST",
            "/sample-assistant/voice",
            BodyPublishers.ofString("no audio"),
            Map.of("Content-Type", "audio/wav"))
        .problem(400, "BAD_AUDIO");
    voice(spoken("hi " + UUID.randomUUID(), Acoustics.QUIET), "?conversation=%7B%22x%22%3A1%7D")
        .problem(400, "BAD_PARAMETER");
  }

  @Test
  void hearsWhatTheSynthesiserSpoke() {
    var audio = spoken("turn off the kitchen light", Acoustics.QUIET);
    var answer = voice(audio, "?language=en-US").json(200);
    assertThat(answer.get("transcript").asString()).isEqualTo("turn off the kitchen light");
    assertThat(answer.get("intent").asString()).isEqualTo("lights.off");
  }

  @Test
  void mishearsInNoise() {
    var text = "please turn on the light in the kitchen and the light in the bedroom now";
    var answer = voice(spoken(text, Acoustics.QUIET.noisy(-10, 1)), "?language=en-US").json(200);
    assertThat(answer.get("transcript").asString()).isNotEqualTo(text).isNotBlank();
  }

  @Test
  void otherAudioWantsATranscriptionService() {
    var problem =
        voice(new Audio(16_000, new short[777]), "?language=en-US").problem(501, "CAN_NOT_HEAR");
    assertThat(problem.get("detail").asString())
        .contains("SLUICE_PROVIDERS_TRANSCRIPTION_URL", "/sample-assistant/text");
  }

  @Test
  void isReachedByTheTextConnector() throws Exception {
    var config =
        assistants.read(Map.of("type", "text", "url", http.base() + "/sample-assistant/text"));
    var assistant = assistants.open(TenantId.DEFAULT, config);
    var start = Conversation.start(UUID.fromString("00000000-0000-7000-8000-0000000000cc"));
    var first = assistant.ask(Utterance.written("es-MX", "enciende la luz de la cocina"), start);
    assertThat(first.fault()).isNull();
    assertThat(first.intent()).isEqualTo("lights.on");
    assertThat(first.entities()).containsEntry("room", "cocina");
    var second = assistant.ask(Utterance.written("es-MX", "apágala"), start.after(first));
    assertThat(second.intent()).isEqualTo("lights.off");
    assertThat(second.entities()).containsEntry("room", "cocina");
  }

  /// The whole way of a voice case: text, speech, HTTP, hearing, understanding, answer.
  @ParameterizedTest
  @CsvSource({
    "en-US, turn on the kitchen light, and in the bedroom, room, bedroom",
    "es-MX, enciende la luz de la cocina, y en el salón, room, salón",
    "fr-FR, allume la lumière de la cuisine, et dans la chambre, room, chambre"
  })
  void isReachedByVoice(String language, String text, String more, String slot, String value)
      throws Exception {
    EspeakTest.assumeInstalled();
    var synthesizer = SharedServer.context().getBean(SpeechSynthesizer.class);
    var config =
        assistants.read(
            Map.of(
                "type",
                "http",
                "url",
                http.base() + "/sample-assistant/voice",
                "parts",
                List.of(
                    Map.of("name", "audio", "audio", "wav"),
                    Map.of("name", "language", "value", "${utterance.language}"),
                    Map.of(
                        "name", "conversation",
                        "value", "${conversation.state ? $string(conversation.state) : \"\"}"))));
    var assistant = assistants.open(TenantId.DEFAULT, config);
    var start = Conversation.start(UUID.fromString("00000000-0000-7000-8000-0000000000dd"));
    var said = synthesizer.speak(TenantId.DEFAULT, SpeechRequest.of(language, text));
    var first = assistant.ask(Utterance.spoken(language, text, said.audio()), start);
    assertThat(first.fault()).isNull();
    assertThat(first.transcript()).isEqualTo(text);
    assertThat(first.intent()).isEqualTo("lights.on");
    assertThat(first.timing().latency()).isLessThan(Duration.ofSeconds(10));
    var again = synthesizer.speak(TenantId.DEFAULT, SpeechRequest.of(language, more));
    var second = assistant.ask(Utterance.spoken(language, more, again.audio()), start.after(first));
    assertThat(second.intent()).isEqualTo("lights.on");
    assertThat(second.entities()).containsEntry(slot, value);
  }
}
