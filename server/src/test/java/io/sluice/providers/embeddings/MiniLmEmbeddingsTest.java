package io.sluice.providers.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.EmbeddingModel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MiniLmEmbeddingsTest extends EmbeddingModelContract {

  private static final MiniLmEmbeddings MODEL = MiniLmEmbeddings.onAllCores();

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Override
  EmbeddingModel model() {
    return MODEL;
  }

  @Test
  void knowsWordsThatShareNoLetters() {
    List<float[]> v =
        MODEL.embed(
            List.of(
                "The physician examined the child.",
                "A doctor looked at the kid.",
                "Stocks fell."));
    assertThat(dot(v.get(0), v.get(1))).isGreaterThan(0.6);
    assertThat(dot(v.get(0), v.get(2))).isLessThan(0.3);
  }

  @Test
  void printsItsSpeed() {
    List<String> texts = texts(256);
    MODEL.embed(texts.subList(0, 32));
    long t0 = System.nanoTime();
    MODEL.embed(texts);
    long t1 = System.nanoTime();
    for (String text : texts) {
      MODEL.embed(List.of(text));
    }
    long t2 = System.nanoTime();
    System.out.printf("batch %.0f/s, alone %.0f/s%n", 256e9 / (t1 - t0), 256e9 / (t2 - t1));
  }
}
