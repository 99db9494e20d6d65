package io.sluice.testing.assistants.houndify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.guard.Outbound;
import io.sluice.guard.StreamedOutbound;
import io.sluice.platform.Secrets;
import io.sluice.providers.Audio;
import io.sluice.testing.SharedServer;
import io.sluice.testing.assistants.AssistantAnswer;
import io.sluice.testing.assistants.AssistantConfig.Houndify;
import io.sluice.testing.assistants.AssistantConfig.Place;
import io.sluice.testing.assistants.AssistantProblem;
import io.sluice.testing.assistants.Conversation;
import io.sluice.testing.assistants.Tools;
import io.sluice.testing.assistants.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class HoundifyAssistantTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SLUICE_SECRET_HOUND_KEY", HoundifyServer.KEY);
  private static final Conversation START =
      Conversation.start(UUID.fromString("00000000-0000-7000-8000-0000000000aa"));
  private static final String WEATHER =
      """
      {"Format":"SoundHoundVoiceSearchResult","FormatVersion":"1.0","Status":"OK","NumToReturn":1,\
      "AllResults":[{"CommandKind":"InformationCommand","SpokenResponse":"It is sunny in Toronto.",\
      "WrittenResponse":"Sunny","InformationNuggets":[{"NuggetKind":"Weather"}],\
      "ConversationState":{"ConversationStateTime":1700000001,"QueryEntities":{"Where":["Toronto"]}}}],\
      "Disambiguation":{"NumToShow":1,"ChoiceData":[{"Transcription":"whats the weather in toronto",\
      "ConfidenceScore":0.9,"FormattedTranscription":"What's the weather in Toronto?","FixedTranscription":""}]},\
      "ResultsAreFinal":[true],"DomainUsage":[{"Domain":"Weather","CreditsUsed":1.5},{"Domain":"Maps","CreditsUsed":0.5}],\
      "BuildInfo":{"Version":"1"},"QueryID":"q-1"}\
      """;

  private final HoundifyServer server = new HoundifyServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private static Tools tools(Map<String, String> environment) {
    var context = SharedServer.context();
    return new Tools(
        context.getBean(Outbound.class),
        context.getBean(StreamedOutbound.class),
        new Secrets(() -> environment),
        InstantSource.fixed(NOW),
        IdSource.system(),
        JsonMapper.builder().build());
  }

  private Houndify config(Place place, boolean realTime) {
    return new Houndify(
        HoundifyServer.CLIENT,
        "hound_key",
        "vt-user",
        server.url("/v1/text"),
        server.url("/v1/audio"),
        place,
        Map.of("City", "Zürich"),
        realTime,
        Duration.ofSeconds(20),
        "houndify-" + server.url("").replaceAll("\\D", ""));
  }

  private HoundifyAssistant open(Place place) {
    return HoundifyAssistant.open(
        TenantId.DEFAULT, config(place, false), tools(ENVIRONMENT), Pace.REAL);
  }

  private static Audio seconds(int seconds) {
    return new Audio(16_000, new short[16_000 * seconds]);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void asksInWriting(Place place) throws Exception {
    server.answering(List.of(), WEATHER);
    var answer =
        open(place).ask(Utterance.written("en-US", "what's the weather & more in Zürich?"), START);
    var asked = server.asked().getFirst();
    assertThat(asked.line())
        .isEqualTo(
            "POST /v1/text?query=what%27s%20the%20weather%20%26%20more%20in%20Z%C3%BCrich%3F HTTP/1.1");
    assertThat(asked.headers())
        .containsEntry("Hound-Input-Language-English-Name", "English")
        .containsEntry("Hound-Input-Language-IETF-Tag", "en-US");
    var info = asked.info();
    assertThat(info.get("ClientID").asString()).isEqualTo(HoundifyServer.CLIENT);
    assertThat(info.get("UserID").asString()).isEqualTo("vt-user");
    assertThat(info.get("TimeStamp").asLong()).isEqualTo(1_700_000_000);
    assertThat(info.get("City").asString()).isEqualTo("Zürich");
    assertThat(info.has("ConversationState")).isFalse();
    assertThat(asked.headers().get("Hound-Request-Authentication"))
        .isEqualTo("vt-user;" + info.get("RequestID").asString());
    assertThat(asked.body()).isEmpty();
    assertThat(answer.reply()).isEqualTo("It is sunny in Toronto.");
    assertThat(answer.intent()).isEqualTo("InformationCommand/Weather");
    assertThat(answer.understood()).isTrue();
  }

  @Test
  void keepsAnAnswerWhole() throws Exception {
    server.answering(List.of(), WEATHER);
    var answer = open(Place.HEADER).ask(Utterance.written("en-US", "weather"), START);
    assertThat(answer.transcript()).isEqualTo("What's the weather in Toronto?");
    assertThat(answer.entities()).containsOnlyKeys("Where");
    assertThat(answer.ids()).containsEntry("QueryID", "q-1").containsEntry("CreditsUsed", 2.0);
    assertThat(answer.ids()).containsKey("BuildInfo");
    assertThat(answer.timing().latency()).isPositive();
    assertThat(answer.fault()).isNull();
    var observation = answer.observation();
    assertThat(observation.intent()).isEqualTo("InformationCommand/Weather");
    assertThat(observation.document()).containsKey("body");
  }

  @Test
  void carriesTheConversationOn() throws Exception {
    server.answering(List.of(), WEATHER);
    var assistant = open(Place.BODY);
    var first = assistant.ask(Utterance.written("en-US", "weather in toronto"), START);
    assistant.ask(Utterance.written("en-US", "and tomorrow"), START.after(first));
    var second = server.asked().get(1).info();
    assertThat(second.at("/ConversationState/QueryEntities/Where/0").asString())
        .isEqualTo("Toronto");
    assertThat(second.get("ConversationStateTime").asLong()).isEqualTo(1_700_000_001);
    assertThat(second.get("SessionID").asString()).isEqualTo(START.id().toString());
    assertThat(second.get("RequestID").asString())
        .isNotEqualTo(server.asked().getFirst().info().get("RequestID").asString());
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void streamsAudioAndHearsWhatIsUnderstoodMeanwhile(Place place) throws Exception {
    server.answering(
        List.of(
            "{\"Format\":\"SoundHoundVoiceSearchParialTranscript\",\"PartialTranscript\":\"what\",\"DurationMS\":100,\"Done\":false}",
            "71",
            "{\"Format\":\"HoundVoiceQueryPartialTranscript\",\"PartialTranscript\":\"w 2\"}",
            "",
            "{\"Format\":\"HoundVoiceQueryPartialTranscript\",\"PartialTranscript\":\"what is\",\"Done\":true,\"FinalPartialTranscript\":\"what is\"}"),
        WEATHER);
    var audio = seconds(2);
    var answer = open(place).ask(Utterance.spoken("en-US", null, audio), START);
    var asked = server.asked().getFirst();
    assertThat(asked.line()).isEqualTo("POST /v1/audio HTTP/1.1");
    assertThat(asked.headers()).containsEntry("Transfer-Encoding", "chunked");
    assertThat(asked.body()).isEqualTo(audio.wav());
    assertThat(asked.chunks()).isGreaterThanOrEqualTo(20);
    assertThat(answer.partials().stream().map(AssistantAnswer.Partial::text))
        .containsExactly("what", "w 2", "what is");
    assertThat(answer.partials().getLast().last()).isTrue();
    assertThat(answer.timing().firstPartial()).isPositive();
    assertThat(answer.timing().latency()).isLessThanOrEqualTo(answer.timing().took());
    assertThat(answer.intent()).isEqualTo("InformationCommand/Weather");
  }

  @Test
  void stopsSendingWhenEnoughWasHeard() throws Exception {
    server.answering(
        List.of("{\"PartialTranscript\":\"stop\",\"SafeToStopAudio\":true,\"Done\":true}"),
        WEATHER);
    // A little time for each piece, so that the answer can come in between.
    Pace slow = (_, _) -> LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    var assistant =
        HoundifyAssistant.open(
            TenantId.DEFAULT, config(Place.HEADER, true), tools(ENVIRONMENT), slow);
    var answer = assistant.ask(Utterance.spoken("en-US", null, seconds(60)), START);
    assertThat(answer.understood()).isTrue();
    assertThat(server.asked().getFirst().body().length).isLessThan(seconds(60).wav().length / 2);
  }

  @Test
  void sendsAudioAtThePaceOfSpeech() throws Exception {
    server.answering(List.of(), WEATHER);
    var dues = new java.util.concurrent.CopyOnWriteArrayList<Duration>();
    var assistant =
        HoundifyAssistant.open(
            TenantId.DEFAULT,
            config(Place.HEADER, true),
            tools(ENVIRONMENT),
            (_, due) -> dues.add(due));
    assistant.ask(Utterance.spoken("en-US", null, seconds(1)), START);
    assertThat(dues).hasSize(11);
    assertThat(dues.get(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(dues.get(10)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void okIsNotUnderstood() throws Exception {
    server.answering(
        List.of(),
        "{\"Format\":\"HoundQueryResult\",\"Status\":\"OK\",\"AllResults\":[{\"CommandKind\":\"NoResultCommand\",\"SpokenResponse\":\"Didn't get that!\"}]}");
    var answer = open(Place.HEADER).ask(Utterance.written("en-US", "gibberish"), START);
    assertThat(answer.intent()).isNull();
    assertThat(answer.understood()).isFalse();
    assertThat(answer.fault()).isNull();
    assertThat(answer.reply()).isEqualTo("Didn't get that!");
  }

  @Test
  void theActionOfAClientsOwnMatchIsTheIntent() throws Exception {
    server.answering(
        List.of(),
        """
        {
          "Status": "OK",
          "AllResults": [
            {
              "CommandKind": "ClientMatchCommand",
              "Result": {"action": "lights.on", "room": "kitchen", "level":
        40
              },
              "ResponseAudioBytes": "UklGRg=="
            }
          ]
        }
        """);
    var answer = open(Place.HEADER).ask(Utterance.written("en-US", "light"), START);
    assertThat(answer.intent()).isEqualTo("lights.on");
    assertThat(answer.entities()).containsEntry("room", "kitchen").containsEntry("level", 40);
    assertThat(answer.sound()).isNotNull();
    assertThat(answer.sound().mediaType()).isEqualTo("audio/wav");
    assertThat(answer.sound().bytes())
        .isEqualTo("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  void errorsAreKeptAsErrors() throws Exception {
    server.answering(List.of(), "{\"Status\":\"Error\",\"ErrorMessage\":\"Out of credits\"}");
    var assistant = open(Place.HEADER);
    var error = assistant.ask(Utterance.written("en-US", "light"), START);
    assertThat(error.fault().code()).isEqualTo("ASSISTANT_ERROR");
    assertThat(error.fault().detail()).isEqualTo("Out of credits");
    server.answering(List.of(), "Service busy").status(503);
    var busy = assistant.ask(Utterance.written("en-US", "light"), START);
    assertThat(busy.fault().code()).isEqualTo("ASSISTANT_STATUS");
    assertThat(busy.fault().passing()).isTrue();
    assertThat(busy.body()).isEqualTo("Service busy");
    server.status(200);
    var nonsense = assistant.ask(Utterance.spoken("en-US", null, seconds(1)), START);
    assertThat(nonsense.fault().code()).isEqualTo("ASSISTANT_PROTOCOL");
    assertThat(nonsense.understood()).isFalse();
  }

  @Test
  void aWrongKeyIsRefusedByTheServer() throws Exception {
    var other = Map.of("SLUICE_SECRET_HOUND_KEY", HoundifyServer.KEY.replace("AAEC", "AAED"));
    var assistant =
        HoundifyAssistant.open(
            TenantId.DEFAULT, config(Place.HEADER, false), tools(other), Pace.REAL);
    var answer = assistant.ask(Utterance.written("en-US", "light"), START);
    assertThat(answer.fault().code()).isEqualTo("ASSISTANT_STATUS");
    assertThat(answer.fault().detail()).contains("403");
    assertThatThrownBy(() ->
            HoundifyAssistant.open(
                TenantId.DEFAULT, config(Place.HEADER, false), tools(Map.of()), Pace.REAL))
        .isInstanceOf(AssistantProblem.NoSecret.class)
        .hasMessageContaining("SLUICE_SECRET_HOUND_KEY");
  }
}
