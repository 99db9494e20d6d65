package io.sluice.testing.assistants.houndify;

import io.sluice.engine.TenantId;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.providers.Audio;
import io.sluice.testing.assistants.Assistant;
import io.sluice.testing.assistants.AssistantAnswer;
import io.sluice.testing.assistants.AssistantAnswer.Fault;
import io.sluice.testing.assistants.AssistantAnswer.Timing;
import io.sluice.testing.assistants.AssistantConfig.Houndify;
import io.sluice.testing.assistants.AssistantConfig.Place;
import io.sluice.testing.assistants.Conversation;
import io.sluice.testing.assistants.Tools;
import io.sluice.testing.assistants.Utterance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// Speaks Houndify: text in one request, audio in a stream that is answered while it is heard. The
/// names of headers go out in exactly this case, over HTTP/1.1, as the other side may look for them
/// so.
public final class HoundifyAssistant implements Assistant {
  private static final String TEXT_URL = "https://api.houndify.com/v1/text";
  private static final String VOICE_URL = "https://api.houndify.com/v1/audio";
  private static final String USER = "sluice";
  private static final DataSize MOST = DataSize.ofMegabytes(4);

  private final TenantId tenant;
  private final Houndify config;
  private final Tools tools;
  private final Pace pace;
  private final Signature signature;

  private HoundifyAssistant(
      TenantId tenant, Houndify config, Tools tools, Pace pace, Signature signature) {
    this.tenant = tenant;
    this.config = config;
    this.tools = tools;
    this.pace = pace;
    this.signature = signature;
  }

  /// Opens one.
  ///
  /// @param pace waits between pieces of audio
  public static HoundifyAssistant open(TenantId tenant, Houndify config, Tools tools, Pace pace) {
    var signature = new Signature(config.clientId(), tools.secret(config.clientKey()));
    return new HoundifyAssistant(tenant, config, tools, pace, signature);
  }

  @Override
  public AssistantAnswer ask(Utterance utterance, Conversation conversation)
      throws InterruptedException {
    var info = info(utterance, conversation);
    if (utterance.audio() != null) {
      return speak(utterance.audio(), info);
    }
    return write(Objects.requireNonNull(utterance.text()), info);
  }

  /// What a request tells about itself.
  ///
  /// @param json without a character that a header can not carry
  private record Info(String json, Headers headers) {}

  private Info info(Utterance utterance, Conversation conversation) {
    var who =
        new RequestInfo.Who(
            config.clientId(),
            config.userId() == null ? USER : config.userId(),
            tools.ids().next(),
            tools.clock().instant().getEpochSecond());
    var more =
        config.requestInfo() == null ? Map.<String, @Nullable Object>of() : config.requestInfo();
    var info = RequestInfo.of(who, utterance.language(), conversation, more);
    var signed = signature.sign(who.userId(), who.requestId().toString(), who.second());
    var headers =
        Headers.NONE
            .and("Hound-Request-Authentication", signed.request())
            .and("Hound-Client-Authentication", signed.client())
            .and("Hound-Input-Language-English-Name", RequestInfo.englishName(utterance.language()))
            .and("Hound-Input-Language-IETF-Tag", utterance.language());
    var json = RequestInfo.ascii(tools.json().writeValueAsString(info));
    return config.requestInfoIn() == Place.BODY
        ? new Info(json, headers.and("Hound-Request-Info-Length", Integer.toString(json.length())))
        : new Info(json, headers.and("Hound-Request-Info", json));
  }

  /// What stands before the body.
  private byte[] prefix(Info info) {
    return config.requestInfoIn() == Place.BODY
        ? info.json().getBytes(StandardCharsets.US_ASCII)
        : new byte[0];
  }

  private AssistantAnswer write(String text, Info info) throws InterruptedException {
    var url = config.textUrl() == null ? TEXT_URL : config.textUrl();
    var query = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    var call =
        call(url + "?query=" + query, info).with(prefix(info), "application/json; charset=utf-8");
    var answer = tools.outbound().send(call);
    var reader = new AnswerReader(tools.json());
    reader.received(answer.body(), answer.took());
    return read(answer, reader, answer.took());
  }

  private AssistantAnswer speak(Audio audio, Info info) throws InterruptedException {
    var url = config.voiceUrl() == null ? VOICE_URL : config.voiceUrl();
    var reader = new AnswerReader(tools.json());
    var speech = audio.rateHz() == 8_000 ? audio : audio.forSpeech();
    var pacing =
        new AudioStream.Pacing(Boolean.TRUE.equals(config.realTime()), 2 * speech.rateHz(), pace);
    var stream = new AudioStream(prefix(info), speech.wav(), pacing, reader::safeToStop);
    var call = call(url, info).with("Content-Type", "audio/wav");
    var answer = tools.streamed().stream(call, stream, reader::received);
    return read(answer, reader, stream.since(System.nanoTime()));
  }

  private Call call(String url, Info info) {
    var service = config.service() == null ? "assistant.houndify" : config.service();
    var time = config.timeout() == null ? Houndify.PATIENCE : config.timeout();
    return Call.of(tenant, service, "POST", url)
        .with(info.headers())
        .with(CallOptions.DEFAULT.within(time).atMost(MOST));
  }

  private AssistantAnswer read(Answer answer, AnswerReader reader, Duration latency) {
    reader.ended(answer.took());
    var partials = reader.partials();
    var timing =
        new Timing(latency, answer.took(), partials.isEmpty() ? null : partials.getFirst().at());
    if (answer.status() / 100 != 2) {
      boolean passing = answer.status() == 429 || answer.status() >= 500;
      var detail = "The assistant answered with status " + answer.status();
      return AssistantAnswer.failed(
          new Fault("ASSISTANT_STATUS", detail, passing), timing, safe(answer.text()));
    }
    var result = reader.result();
    if (result == null) {
      var detail = "The assistant's answer has no result in it";
      return AssistantAnswer.failed(
          new Fault("ASSISTANT_PROTOCOL", detail, false), timing, safe(answer.text()));
    }
    var clean = (Map<?, ?>) Objects.requireNonNull(safe(result));
    return ResultReader.read(clean, timing, partials);
  }

  private @Nullable Object safe(Object body) {
    return tools.secrets().redact(body);
  }
}
