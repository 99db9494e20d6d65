package io.sluice.providers.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.providers.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every embedding model owes its callers.
abstract class EmbeddingModelContract {

  abstract EmbeddingModel model();

  @Test
  void givesUnitVectorsOfItsDimension() {
    for (float[] vector : model().embed(List.of("a pump", "!", "der", "\u200B.", "水泵维护手册"))) {
      assertThat(vector).hasSize(model().dimension());
      assertThat(dot(vector, vector)).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void ranksRelatedTextBeforeUnrelated() {
    List<float[]> v =
        model()
            .embed(
                List.of(
                    "How do I reset my password?",
                    "To change a forgotten password, open the account settings and reset it.",
                    "The engine oil has to be replaced every ten thousand kilometres.",
                    "When must the oil of the engine be changed?"));
    assertThat(dot(v.get(0), v.get(1))).isGreaterThan(dot(v.get(0), v.get(2)) + 0.1);
    assertThat(dot(v.get(3), v.get(2))).isGreaterThan(dot(v.get(3), v.get(1)) + 0.1);
  }

  @Test
  void givesSameVectorInBatchAndAlone() {
    List<String> texts = texts(70);
    List<float[]> batch = model().embed(texts);
    double worst = 1;
    for (int i = 0; i < texts.size(); i++) {
      worst = Math.min(worst, dot(batch.get(i), model().embed(List.of(texts.get(i))).getFirst()));
    }
    assertThat(worst).isGreaterThan(0.99999);
  }

  @Test
  void takesTextsLongerThanItsWindow() {
    String text =
        "The valve opens at two bar and closes again at one. ".repeat(200).substring(0, 10_000);
    float[] vector = model().embed(List.of(text)).getFirst();
    float[] sentence =
        model().embed(List.of("The valve opens at two bar and closes again at one.")).getFirst();
    assertThat(dot(vector, sentence)).isGreaterThan(0.5);
  }

  @Test
  void refusesBlankText() {
    assertThatThrownBy(() -> model().embed(List.of("fine", " \n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text 1");
    assertThat(model().embed(List.of())).isEmpty();
  }

  @Test
  void countsTokens() {
    assertThat(model().countTokens("")).isZero();
    assertThat(model().countTokens("two words")).isEqualTo(2);
    assertThat(model().countTokens("水泵")).isEqualTo(2);
  }

  static List<String> texts(int count) {
    String[] words =
        "pump valve oil pressure reset password account settings engine water filter manual"
            .split(" ");
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var text = new StringBuilder();
      for (int w = 0; w < 3 + (i * 7) % 90; w++) {
        text.append(words[(i * 5 + w * (1 + i % 7)) % words.length])
            .append(w % 9 == 8 ? ". " : " ");
      }
      texts.add(text.toString());
    }
    return texts;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
