package io.sluice.testing.assistants.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.guard.Outbound;
import io.sluice.guard.StreamedOutbound;
import io.sluice.platform.Secrets;
import io.sluice.providers.Audio;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import io.sluice.testing.StubService.Reply;
import io.sluice.testing.assistants.Assistant;
import io.sluice.testing.assistants.AssistantConfig;
import io.sluice.testing.assistants.AssistantProblem;
import io.sluice.testing.assistants.Assistants;
import io.sluice.testing.assistants.Conversation;
import io.sluice.testing.assistants.Tools;
import io.sluice.testing.assistants.Utterance;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class HttpAssistantTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> ENVIRONMENT = Map.of("SLUICE_SECRET_TOKEN", "t-98765");
  private static final Conversation START =
      Conversation.start(UUID.fromString("00000000-0000-7000-8000-0000000000bb"));
  private static final Audio AUDIO = new Audio(16_000, new short[160]);

  private final StubService service = StubService.start();
  private final Assistants assistants = SharedServer.context().getBean(Assistants.class);

  @AfterEach
  void stop() {
    service.close();
  }

  private Assistant open(Map<String, Object> json) {
    var tools =
        new Tools(
            SharedServer.context().getBean(Outbound.class),
            SharedServer.context().getBean(StreamedOutbound.class),
            new Secrets(() -> ENVIRONMENT),
            InstantSource.system(),
            IdSource.system(),
            JSON);
    var all = new java.util.HashMap<>(json);
    all.put("service", "stub-" + service.port());
    return switch (assistants.read(all)) {
      case AssistantConfig.Http http -> HttpAssistant.compile(http).open(TenantId.DEFAULT, tools);
      case AssistantConfig.Text text ->
          HttpAssistant.compile(HttpAssistant.preset(text)).open(TenantId.DEFAULT, tools);
      case AssistantConfig.Houndify _ -> throw new AssertionError();
    };
  }

  @Test
  void thePresetSpeaksPlainJson() throws Exception {
    service.answering(_ ->
        Reply.of(
            200,
            "{\"transcript\":\"t\",\"intent\":\"lights.on\",\"entities\":{\"room\":\"kitchen\"},\"reply\":\"Okay\",\"conversation\":{\"turn\":1}}"));
    var assistant = open(Map.of("type", "text", "url", service.url("/text")));
    var answer = assistant.ask(Utterance.written("en-US", "turn on \"it\""), START);
    assertThat(answer.intent()).isEqualTo("lights.on");
    assertThat(answer.entities()).containsEntry("room", "kitchen");
    assertThat(answer.reply()).isEqualTo("Okay");
    assistant.ask(Utterance.written("en-US", "and now"), START.after(answer));
    var first = JSON.readTree(service.asked().getFirst().body());
    assertThat(first.get("text").asString()).isEqualTo("turn on \"it\"");
    assertThat(first.get("conversation").isNull()).isTrue();
    var second = JSON.readTree(service.asked().get(1).body());
    assertThat(second.at("/conversation/turn").asInt()).isEqualTo(1);
    assertThat(service.asked().getFirst().header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void anyApiByTemplatesAndExtractions() throws Exception {
    service.answering(_ ->
        Reply.of(
                200,
                """
                {"nlu": {"name": "LightOn", "slots": [{"n": "room", "v": "cocina"}]},
                 "say": [{"text": "Listo"}, {"text": "ya"}], "audio64": "UklGRgA=", "session": "s-1",
                 "echo": "Bearer t-98765"}
                """)
            .with("X-Query-Id", "q-7"));
    var assistant =
        open(
            Map.of(
                "type", "http",
                "url",
                    service.url(
                        "/v2/${$encodeUrlComponent(utterance.language)}/ask?q=${$encodeUrlComponent(utterance.text)}"),
                "method", "PUT",
                "headers",
                    Map.of(
                        "Authorization",
                        "Bearer ${secrets.token}",
                        "X-Turn",
                        "${conversation.turn}"),
                "json",
                    Map.of(
                        "wav",
                        "${utterance.audio}",
                        "lang",
                        "${utterance.primary}",
                        "fixed",
                        List.of(1, true)),
                "extract",
                    Map.of(
                        "intent", "\"x.\" & $lowercase(body.nlu.name)",
                        "entities", "body.nlu.slots{n: v}",
                        "reply", "$join(body.say.text, \" \")",
                        "audio", "body.audio64",
                        "conversation", "{\"id\": body.session}",
                        "ids", "{\"query\": headers.`x-query-id`, \"status\": status}")));
    var answer = assistant.ask(Utterance.spoken("es-MX", "¿qué luz?", AUDIO), START);
    assertThat(answer.fault()).isNull();
    assertThat(answer.intent()).isEqualTo("x.lighton");
    assertThat(answer.entities()).containsEntry("room", "cocina");
    assertThat(answer.reply()).isEqualTo("Listo ya");
    assertThat(answer.sound().mediaType()).isEqualTo("audio/wav");
    assertThat(answer.conversation()).isEqualTo(Map.of("id", "s-1"));
    assertThat(answer.ids()).containsEntry("query", "q-7");
    assertThat(answer.transcript()).isNull();
    // What the other side repeats of a secret is not kept.
    assertThat(answer.body().toString()).doesNotContain("t-98765").contains("[secret token]");
    var asked = service.asked().getFirst();
    assertThat(asked.method()).isEqualTo("PUT");
    assertThat(asked.path()).isEqualTo("/v2/es-MX/ask?q=%C2%BFqu%C3%A9%20luz%3F");
    assertThat(asked.header("Authorization")).isEqualTo("Bearer t-98765");
    assertThat(asked.header("X-Turn")).isEqualTo("1");
    var body = JSON.readTree(asked.body());
    assertThat(Audio.ofWav(Base64.getDecoder().decode(body.get("wav").asString())))
        .isEqualTo(AUDIO);
    assertThat(body.get("lang").asString()).isEqualTo("es");
  }

  @Test
  void audioGoesInAFormOrAlone() throws Exception {
    service.answering(_ -> Reply.of(200, "{}"));
    var form =
        open(
            Map.of(
                "type", "http",
                "url", service.url("/form"),
                "parts",
                    List.of(
                        Map.of("name", "lang", "value", "${utterance.language}"),
                        Map.of("name", "file", "audio", "wav"))));
    form.ask(Utterance.spoken("en-US", "x", AUDIO), START);
    var asked = service.asked().getFirst();
    assertThat(asked.header("Content-Type")).startsWith("multipart/form-data; boundary=part-");
    assertThat(asked.body())
        .contains("name=\"lang\"", "\r\nen-US\r\n", "filename=\"speech.wav\"", "WAVE");
    var alone = open(Map.of("type", "http", "url", service.url("/raw"), "audio", "pcm"));
    alone.ask(Utterance.spoken("en-US", "x", AUDIO), START);
    assertThat(service.asked().get(1).body()).hasSize(320);
    assertThatThrownBy(() -> alone.ask(Utterance.written("en-US", "x"), START))
        .isInstanceOf(AssistantProblem.WrongForm.class);
    var text = open(Map.of("type", "text", "url", service.url("/text")));
    assertThatThrownBy(() -> text.ask(Utterance.spoken("en-US", null, AUDIO), START))
        .isInstanceOf(AssistantProblem.WrongForm.class);
  }

  @Test
  void anAnswerMayBeSound() throws Exception {
    service.answering(_ ->
        new Reply(
            200,
            Map.of("Content-Type", "audio/mpeg; x=1", "X-Text", "Okay"),
            new byte[] {1, 2, 3}));
    var assistant =
        open(
            Map.of(
                "type",
                "http",
                "url",
                service.url("/"),
                "audio",
                "wav",
                "extract",
                Map.of("reply", "headers.`x-text`")));
    var answer = assistant.ask(Utterance.spoken("en-US", null, AUDIO), START);
    assertThat(answer.sound().mediaType()).isEqualTo("audio/mpeg");
    assertThat(answer.sound().bytes()).containsExactly(1, 2, 3);
    assertThat(answer.reply()).isEqualTo("Okay");
  }

  @Test
  void whatDoesNotFitIsAFaultOfTheAnswer() throws Exception {
    var assistant =
        open(
            Map.of(
                "type", "text",
                "url", service.url("/"),
                "extract", Map.of("intent", "$number(body.intent)")));
    service.answering(_ -> Reply.of(200, "{\"intent\": \"lights\"}"));
    var wrong = assistant.ask(Utterance.written("en-US", "x"), START);
    assertThat(wrong.fault().code()).isEqualTo("ASSISTANT_PROTOCOL");
    assertThat(wrong.fault().detail()).contains("'intent'");
    assertThat(wrong.body()).isEqualTo(Map.of("intent", "lights"));
    service.answering(_ -> Reply.of(200, "{\"entities\": [1]}"));
    assertThat(assistant.ask(Utterance.written("en-US", "x"), START).fault().code())
        .isEqualTo("ASSISTANT_PROTOCOL");
    service.answering(_ -> Reply.of(200, "{\"error\": \"no credits\"}"));
    assertThat(assistant.ask(Utterance.written("en-US", "x"), START).fault().detail())
        .isEqualTo("no credits");
    service.answering(_ -> Reply.of(503, "later"));
    var away = assistant.ask(Utterance.written("en-US", "x"), START);
    assertThat(away.fault().code()).isEqualTo("ASSISTANT_STATUS");
    assertThat(away.fault().passing()).isTrue();
    assertThat(away.body()).isEqualTo("later");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | ",
        "{\"type\":\"smoke\",\"url\":\"http://x\"} | ",
        "{\"type\":\"text\"} | /url",
        "{\"type\":\"text\",\"url\":\"http://x\",\"colour\":1} | /colour",
        "{\"type\":\"text\",\"url\":\"http://x\",\"timeout\":\"PT0S\"} | /timeout",
        "{\"type\":\"text\",\"url\":\"http://x\",\"timeout\":\"soon\"} | /timeout",
        "{\"type\":\"text\",\"url\":\"http://x\",\"service\":\"a b\"} | /service",
        "{\"type\":\"text\",\"url\":\"http://x\",\"extract\":{\"colour\":\"body\"}} | /extract/colour",
        "{\"type\":\"text\",\"url\":\"http://x\",\"extract\":{\"intent\":\"body.(\"}} | /extract/intent",
        "{\"type\":\"text\",\"url\":\"http://x\",\"extract\":{\"intent\":\"secrets.token\"}} | /extract/intent",
        "{\"type\":\"http\",\"url\":\"http://x\",\"headers\":{\"A\":\"${secrets}\"}} | /headers/A",
        "{\"type\":\"http\",\"url\":\"http://x\",\"headers\":{\"A\":\"${env.HOME}\"}} | /headers/A",
        "{\"type\":\"http\",\"url\":\"http://x\",\"json\":{\"a\":\"${\"}} | /json",
        "{\"type\":\"http\",\"url\":\"http://x\",\"json\":{},\"audio\":\"wav\"} | ''",
        "{\"type\":\"http\",\"url\":\"http://x\",\"audio\":\"mp3\"} | /audio",
        "{\"type\":\"http\",\"url\":\"http://x\",\"parts\":[{\"name\":\"a\"}]} | /parts/0",
        "{\"type\":\"houndify\",\"clientId\":\"c\"} | /clientKey",
        "{\"type\":\"houndify\",\"clientId\":\"c\",\"clientKey\":\"k\",\"textUrl\":\"ftp://x\"} | /textUrl"
      })
  void saysWhatIsWrongInAConfiguration(String json, String pointer) {
    @SuppressWarnings("unchecked")
    Map<String, Object> read = JSON.readValue(json, Map.class);
    assertThatThrownBy(() -> assistants.read(read))
        .isInstanceOf(AssistantProblem.BadConfig.class)
        .satisfies(e -> {
          var faults = ((AssistantProblem) e).faults();
          assertThat(faults).isNotEmpty();
          if (pointer != null) {
            assertThat(faults.stream().map(f -> f.pointer())).contains(pointer);
          }
        });
  }

  @Test
  void aSecretThatIsNotSetIsMissedWhenTheAssistantIsOpened() {
    var config =
        assistants.read(
            Map.of(
                "type", "http",
                "url", "http://x",
                "headers", Map.of("A", "${secrets.nowhere}")));
    assertThatThrownBy(() -> assistants.open(TenantId.DEFAULT, config))
        .isInstanceOf(AssistantProblem.NoSecret.class)
        .hasMessageContaining("SLUICE_SECRET_NOWHERE");
  }
}
