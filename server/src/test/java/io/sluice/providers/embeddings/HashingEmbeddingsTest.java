package io.sluice.providers.embeddings;

import io.sluice.providers.EmbeddingModel;

class HashingEmbeddingsTest extends EmbeddingModelContract {

  private final EmbeddingModel model = new HashingEmbeddings();

  @Override
  EmbeddingModel model() {
    return model;
  }
}
