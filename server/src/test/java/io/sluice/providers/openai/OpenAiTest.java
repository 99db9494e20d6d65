package io.sluice.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.TenantId;
import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.providers.Audio;
import io.sluice.providers.ProviderProblem;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OpenAiTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SLUICE_SECRET_SPEECH_KEY", "k-1234567");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StubService service = StubService.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private Endpoint endpoint(String what, String url, String model, String key) {
    return new Endpoint(
        new Endpoint.Where(what, url, model, key, Duration.ofSeconds(10)),
        SharedServer.context().getBean(Outbound.class),
        new Secrets(() -> ENVIRONMENT),
        JSON);
  }

  private OpenAiTranscriber transcriber(String url, String key) {
    return new OpenAiTranscriber(endpoint("transcription", url, "whisper-1", key));
  }

  @Test
  void transcribes() throws Exception {
    service.answering(_ -> StubService.Reply.of(200, "{\"text\": \" encienda la luz \"}"));
    var transcriber = transcriber(service.url("/v1/"), "speech_key");
    var transcript =
        transcriber.transcribe(TenantId.DEFAULT, new Audio(8_000, new short[80]), "es-MX");
    assertThat(transcript.text()).isEqualTo("encienda la luz");
    assertThat(transcript.model()).isEqualTo("whisper-1");
    var asked = service.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/v1/audio/transcriptions");
    assertThat(asked.header("Authorization")).isEqualTo("Bearer k-1234567");
    assertThat(asked.header("Content-Type")).startsWith("multipart/form-data; boundary=");
    assertThat(asked.body())
        .contains("name=\"model\"", "whisper-1", "name=\"language\"", "\r\nes\r\n")
        .contains("filename=\"speech.wav\"", "RIFF", "WAVEfmt ");
  }

  @Test
  void isOffUntilItIsSetUp() {
    var off = transcriber(null, null);
    assertThat(off.configured()).isFalse();
    assertThatThrownBy(
            () -> off.transcribe(TenantId.DEFAULT, new Audio(16_000, new short[1]), "en"))
        .isInstanceOf(ProviderProblem.NotConfigured.class)
        .hasMessageContaining("SLUICE_PROVIDERS_TRANSCRIPTION_URL");
    var chat = new OpenAiChat(endpoint("chat", " ", "m", null));
    assertThat(chat.configured()).isFalse();
    assertThatThrownBy(() -> chat.ask(TenantId.DEFAULT, "s", "u"))
        .hasMessageContaining("SLUICE_PROVIDERS_CHAT_URL");
  }

  @Test
  void saysWhatTheServiceAnsweredWithoutItsKey() {
    var transcriber = transcriber(service.url("/v1"), "speech_key");
    for (int status : new int[] {401, 429, 503}) {
      service.answering(status);
      assertThatThrownBy(
              () -> transcriber.transcribe(TenantId.DEFAULT, new Audio(16_000, new short[1]), "en"))
          .isInstanceOf(ProviderProblem.BadAnswer.class)
          .hasMessageContaining(Integer.toString(status))
          .hasMessageNotContaining("k-1234567")
          .satisfies(e -> assertThat(((ProviderProblem) e).retryable()).isEqualTo(status != 401));
    }
    service.answering(_ -> StubService.Reply.of(200, "[1, 2"));
    assertThatThrownBy(
            () -> transcriber.transcribe(TenantId.DEFAULT, new Audio(16_000, new short[1]), "en"))
        .isInstanceOf(ProviderProblem.BadAnswer.class);
    assertThatThrownBy(() ->
            transcriber(service.url("/v1"), "other")
                .transcribe(TenantId.DEFAULT, new Audio(16_000, new short[1]), "en"))
        .isInstanceOf(ProviderProblem.NotConfigured.class)
        .hasMessageContaining("other");
  }

  @Test
  void chats() throws Exception {
    service.answering(
        _ -> StubService.Reply.of(200, "{\"choices\": [{\"message\": {\"content\": \"yes\"}}]}"));
    var chat = new OpenAiChat(endpoint("chat", service.url("/v1"), "gpt-x", null));
    assertThat(chat.ask(TenantId.DEFAULT, "judge", "this").text()).isEqualTo("yes");
    var asked = service.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/v1/chat/completions");
    assertThat(asked.header("Authorization")).isNull();
    var body = JSON.readTree(asked.body());
    assertThat(body.get("model").asString()).isEqualTo("gpt-x");
    assertThat(body.get("temperature").asInt()).isZero();
    assertThat(body.at("/messages/0/role").asString()).isEqualTo("system");
    assertThat(body.at("/messages/1/content").asString()).isEqualTo("this");
  }
}
