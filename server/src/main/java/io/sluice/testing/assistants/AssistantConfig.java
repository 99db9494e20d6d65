package io.sluice.testing.assistants;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an assistant is reached: part of an environment or a suite, as JSON with a `type`.
/// Everything that may be left out is null then.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AssistantConfig.Houndify.class, name = "houndify"),
  @JsonSubTypes.Type(value = AssistantConfig.Http.class, name = "http"),
  @JsonSubTypes.Type(value = AssistantConfig.Text.class, name = "text")
})
public sealed interface AssistantConfig {
  /// How long an answer may take where nobody says.
  Duration PATIENCE = Duration.ofSeconds(30);

  /// The service under whose circuit breaker and rate limit it is called; null: its type and host.
  @Nullable String service();

  /// How long an answer may take; null: [#PATIENCE].
  @Nullable Duration timeout();

  /// Where RequestInfo goes.
  enum Place {
    /// In the header `Hound-Request-Info`.
    @JsonProperty("header")
    HEADER,
    /// Before the body, with its length in `Hound-Request-Info-Length`.
    @JsonProperty("body")
    BODY
  }

  /// An assistant that speaks Houndify.
  ///
  /// @param clientId of the client
  /// @param clientKey the name of the secret that has the client's key
  /// @param userId who asks; null: `sluice`
  /// @param textUrl null: Houndify's own
  /// @param voiceUrl null: Houndify's own
  /// @param requestInfoIn null: in the header
  /// @param requestInfo what is added to RequestInfo, e.g. `City`, `IntentOnly`
  /// @param realTime whether audio is sent at the pace at which it was spoken; null: no, as fast as
  ///   it goes
  record Houndify(
      String clientId,
      String clientKey,
      @Nullable String userId,
      @Nullable String textUrl,
      @Nullable String voiceUrl,
      @Nullable Place requestInfoIn,
      @Nullable Map<String, @Nullable Object> requestInfo,
      @Nullable Boolean realTime,
      @Nullable Duration timeout,
      @Nullable String service)
      implements AssistantConfig {}

  /// An assistant with any other API. Templates read `utterance` (`text`, `language`, `primary`,
  /// `audio`: a WAV file in base64), `conversation` (`id`, `turn`, `state`) and `secrets`.
  /// Extractions read `status`, `headers` (names in lower case) and `body`.
  ///
  /// @param url a template; what is put into it wants `$encodeUrlComponent`
  /// @param method null: POST
  /// @param headers templates
  /// @param json the body: a template of any JSON
  /// @param parts or the body: parts of a form
  /// @param audio or the body: the audio, as `wav` or as `pcm`
  /// @param extract JSONata for `transcript`, `intent`, `entities`, `reply`, `audio`,
  ///   `conversation`, `error`, and `ids`; what is left out is looked for in the body under its
  ///   name
  record Http(
      String url,
      @Nullable String method,
      @Nullable Map<String, String> headers,
      @Nullable Object json,
      @Nullable List<Part> parts,
      @Nullable AudioForm audio,
      @Nullable Map<String, String> extract,
      @Nullable Duration timeout,
      @Nullable String service)
      implements AssistantConfig {
    /// A part of a form: a value, or the audio.
    ///
    /// @param value a template
    /// @param audio its form
    public record Part(String name, @Nullable String value, @Nullable AudioForm audio) {}

    /// How audio is sent.
    public enum AudioForm {
      /// A WAV file.
      @JsonProperty("wav")
      WAV,
      /// Bare samples of 16 bits, little-endian.
      @JsonProperty("pcm")
      PCM
    }
  }

  /// An assistant that takes `{text, language, conversation}` as JSON, without audio.
  ///
  /// @param headers templates
  /// @param extract as of [Http]
  record Text(
      String url,
      @Nullable Map<String, String> headers,
      @Nullable Map<String, String> extract,
      @Nullable Duration timeout,
      @Nullable String service)
      implements AssistantConfig {}
}
