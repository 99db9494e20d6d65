package io.sluice.providers;

import io.sluice.platform.SluiceSettings;
import io.sluice.providers.embeddings.HashingEmbeddings;
import io.sluice.providers.embeddings.MiniLmEmbeddings;
import io.sluice.providers.parsing.ForkedParser;
import io.sluice.providers.parsing.ParserSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Which services are in use.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderConfiguration.Settings.class)
class ProviderConfiguration {
  /// @param embeddings `minilm`, the built-in model of 384 dimensions, or `mock`, which hashes
  ///   words into 1536
  @ConfigurationProperties("sluice.providers")
  record Settings(@DefaultValue("minilm") Embeddings embeddings) {
    /// The embedding models there are.
    enum Embeddings {
      /// all-MiniLM-L6-v2, in this process.
      MINILM,
      /// Deterministic, knows no meaning.
      MOCK
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
}
