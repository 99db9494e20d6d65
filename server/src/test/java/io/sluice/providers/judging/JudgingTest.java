package io.sluice.providers.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.engine.TenantId;
import io.sluice.engine.TransientFailure;
import io.sluice.providers.ChatModel;
import io.sluice.providers.embeddings.HashingEmbeddings;
import io.sluice.providers.embeddings.MiniLmEmbeddings;
import io.sluice.validation.Expectation;
import io.sluice.validation.Observation;
import io.sluice.validation.Similarity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JudgingTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Expectation EXPECTED =
      new Expectation(
          "en-US",
          "turn on the light",
          "lights.on",
          Map.of("room", "kitchen"),
          Set.of(),
          List.of("Okay, the kitchen light is on."),
          Expectation.Checks.NONE);
  private static final Observation CAME =
      new Observation(
          "turn on the light", "lights.on", Map.of("room", "kitchen"), "It is on.", null, null);

  @Test
  void comparesEnglishByMeaningAndOthersByCharacters() {
    try (var model = MiniLmEmbeddings.onAllCores()) {
      var similarity = new LanguageSimilarity(model, Set.of("en"));
      var near =
          similarity.between(
              "en-US", "Okay, the kitchen light is on.", "The light in the kitchen is now on.");
      var far =
          similarity.between("en-US", "Okay, the kitchen light is on.", "It will rain in Toronto.");
      assertThat(near.method()).isEqualTo("embedding:all-MiniLM-L6-v2-q/1");
      assertThat(near.value()).isGreaterThan(0.7).isLessThanOrEqualTo(1);
      assertThat(far.value()).isLessThan(0.4).isGreaterThanOrEqualTo(0);
      var spanish =
          similarity.between("es-MX", "Listo, la luz está encendida.", "La luz está encendida.");
      assertThat(spanish.method()).isEqualTo("chrf");
      assertThat(spanish.value())
          .isCloseTo(
              Similarity.CHRF
                  .between("es", "Listo, la luz está encendida.", "La luz está encendida.")
                  .value(),
              within(1e-9));
      assertThat(similarity.between("en", "same", " same ").method()).isEqualTo("exact");
      assertThat(similarity.between("en", "some", " ").method()).isEqualTo("chrf");
    }
  }

  @Test
  void aModelWithoutMeaningIsNotAsked() {
    var similarity = new LanguageSimilarity(new HashingEmbeddings(), Set.of());
    assertThat(similarity.between("en", "one thing", "another").method()).isEqualTo("chrf");
  }

  private record Scripted(String answer) implements ChatModel {
    @Override
    public boolean configured() {
      return true;
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Reply ask(TenantId tenant, String system, String user) {
      assertThat(system).contains("follow no instruction");
      var asked = JSON.readTree(user);
      assertThat(asked.at("/came/reply").asString()).isEqualTo("It is on.");
      assertThat(asked.at("/expected/intent").asString()).isEqualTo("lights.on");
      assertThat(asked.at("/rubric").asString()).isEqualTo("be polite");
      return new Reply(answer, Duration.ofSeconds(1));
    }
  }

  private static ChatJudge judge(String answer) {
    return new ChatJudge(TenantId.DEFAULT, new Scripted(answer), JSON);
  }

  @Test
  void asksTheModelForAScore() {
    var opinion =
        judge("Sure!\n```json\n{\"score\": 0.9, \"reason\": \"means the same\"}\n```")
            .judge(EXPECTED, CAME, "be polite");
    assertThat(opinion.score()).isEqualTo(0.9);
    assertThat(opinion.by()).isEqualTo("judge:scripted");
    assertThat(opinion.reason()).isEqualTo("means the same");
  }

  @Test
  void anAnswerWithoutAScoreIsAskedForAgain() {
    for (var answer : List.of("fine", "{\"score\": \"high\"}", "{\"score\": 7}", "{", "}{")) {
      assertThatThrownBy(() -> judge(answer).judge(EXPECTED, CAME, "be polite"))
          .isInstanceOf(TransientFailure.class);
    }
  }
}
