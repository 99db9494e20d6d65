package io.sluice.providers;

import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.platform.SluiceSettings;
import io.sluice.providers.embeddings.HashingEmbeddings;
import io.sluice.providers.embeddings.MiniLmEmbeddings;
import io.sluice.providers.judging.ChatJudge;
import io.sluice.providers.judging.LanguageSimilarity;
import io.sluice.providers.openai.Endpoint;
import io.sluice.providers.openai.OpenAiChat;
import io.sluice.providers.openai.OpenAiTranscriber;
import io.sluice.providers.parsing.ForkedParser;
import io.sluice.providers.parsing.ParserSettings;
import io.sluice.providers.speech.CachedSpeech;
import io.sluice.providers.speech.Espeak;
import io.sluice.providers.speech.EspeakSettings;
import io.sluice.providers.store.SpeechStore;
import io.sluice.validation.Similarity;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Which services are in use.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderConfiguration.Settings.class)
class ProviderConfiguration {
  /// @param embeddings `minilm`, the built-in model of 384 dimensions, or `mock`, which hashes
  ///   words into 1536
  /// @param speech how texts are spoken
  /// @param transcription the service that turns speech into text; off without a URL
  /// @param chat the service that a judge asks; off without a URL
  @ConfigurationProperties("sluice.providers")
  record Settings(
      @DefaultValue("minilm") Embeddings embeddings,
      @DefaultValue SpeechSettings speech,
      @DefaultValue Service transcription,
      @DefaultValue Service chat) {
    /// The embedding models there are.
    enum Embeddings {
      /// all-MiniLM-L6-v2, in this process.
      MINILM,
      /// Deterministic, knows no meaning.
      MOCK
    }

    /// @param program espeak-ng's name or path
    /// @param timeLimit for one text
    record SpeechSettings(
        @DefaultValue("espeak-ng") String program, @DefaultValue("20s") Duration timeLimit) {}

    /// @param url its base, with `/v1`
    /// @param keySecret the name of the secret that has its key
    record Service(
        @Nullable String url,
        @Nullable String model,
        @Nullable String keySecret,
        @DefaultValue("60s") Duration timeout) {
      Endpoint.Where where(String what) {
        return new Endpoint.Where(what, url, model, keySecret, timeout);
      }
    }
  }

  @Bean(destroyMethod = "close")
  DocumentParser documentParser(SluiceSettings settings) {
    return new ForkedParser(ParserSettings.defaults(settings.data().resolve("tmp")));
  }

  @Bean
  EmbeddingModel embeddingModel(Settings settings) {
    return switch (settings.embeddings()) {
      case MINILM -> MiniLmEmbeddings.onAllCores();
      case MOCK -> new HashingEmbeddings();
    };
  }

  @Bean
  CachedSpeech speech(Settings settings, SluiceSettings server, SpeechStore store) {
    var espeak =
        new EspeakSettings(
            settings.speech().program(),
            settings.speech().timeLimit(),
            server.data().resolve("tmp"));
    return CachedSpeech.of(new Espeak(espeak, Runtime.getRuntime().availableProcessors()), store);
  }

  @Bean
  Transcriber transcriber(
      Settings settings, Outbound outbound, Secrets secrets, JsonMapper mapper) {
    return new OpenAiTranscriber(
        new Endpoint(settings.transcription().where("transcription"), outbound, secrets, mapper));
  }

  @Bean
  ChatModel chatModel(Settings settings, Outbound outbound, Secrets secrets, JsonMapper mapper) {
    return new OpenAiChat(new Endpoint(settings.chat().where("chat"), outbound, secrets, mapper));
  }

  /// The built-in model has only learnt English; the mock knows no meaning in any language.
  @Bean
  Similarity similarity(Settings settings, EmbeddingModel model) {
    return new LanguageSimilarity(
        model,
        switch (settings.embeddings()) {
          case MINILM -> Set.of("en");
          case MOCK -> Set.of();
        });
  }

  @Bean
  Judges judges(ChatModel model, JsonMapper mapper) {
    return tenant ->
        model.configured() ? Optional.of(new ChatJudge(tenant, model, mapper)) : Optional.empty();
  }
}
