package io.sluice.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.validation.Expectation.Checks;
import io.sluice.validation.Similarity.Score;
import io.sluice.validation.ValidationResult.Gate;
import io.sluice.validation.Validator.Rules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorTest {
  private static final Map<String, Object> KITCHEN = Map.of("room", "kitchen");

  private static Expectation expect(
      @Nullable String intent, Map<String, Object> entities, String... replies) {
    return new Expectation(
        "en-US", null, intent, entities, Set.of(), List.of(replies), Checks.NONE);
  }

  private static Expectation expect(Checks checks) {
    return new Expectation("en-US", null, null, Map.of(), Set.of(), List.of(), checks);
  }

  private static Observation saw(
      @Nullable String intent, Map<String, @Nullable Object> entities, @Nullable String reply) {
    return new Observation(null, intent, entities, reply, null, null);
  }

  private static Validator similar(double score) {
    return new Validator((_, _, _) -> new Score(score, "fixed"), null);
  }

  private static Validator chrf() {
    return new Validator(Similarity.CHRF, null);
  }

  private static List<String> gates(ValidationResult result) {
    return result.gates().stream().map(Gate::name).toList();
  }

  @Test
  void whatIsWhollyRightPasses() {
    var result =
        chrf()
            .validate(
                expect("lights.on", KITCHEN, "Okay, the kitchen light is on."),
                saw("lights.on", Map.of("room", "Kitchen"), "okay the kitchen light is on"),
                Rules.DEFAULT);
    assertThat(result.confidence()).isEqualByComparingTo("1");
    assertThat(result.status()).isEqualTo(ReviewStatus.AUTO_PASS);
    assertThat(result.passed()).isTrue();
    assertThat(result.gates()).isEmpty();
    assertThat(result.parts())
        .extracting(p -> p.name() + "=" + p.weight())
        .containsExactly("intent=0.4", "entity=0.3", "semantic=0.3");
  }

  /// With intent right and a weight of 0.4, 0.3 and 0.3, the reply's score decides on which side of
  /// the border the mean lies.
  @ParameterizedTest
  @CsvSource({
    "0.1667, 0.7500, auto_pass",
    "0.1666, 0.7499, needs_review",
    "1.0, 1.0000, auto_pass"
  })
  void theUpperBorderIsExact(double similarity, BigDecimal confidence, String status) {
    var result =
        similar(similarity)
            .validate(
                expect("play", Map.of("artist", "Nina"), "Playing Nina"),
                saw("play", Map.of("artist", "Nina"), "Here you go"),
                Rules.DEFAULT);
    assertThat(result.mean()).isEqualByComparingTo(confidence);
    assertThat(result.status().sql()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"0.40, needs_review", "0.3999, auto_fail", "0.7499, needs_review", "0.75, auto_pass"})
  void theBandsAreExactWhereOnlyTheReplyIsScored(double similarity, String status) {
    var result =
        similar(similarity)
            .validate(
                expect(null, Map.of(), "Hello there"),
                saw(null, Map.of(), "Hi you"),
                Rules.DEFAULT);
    assertThat(result.status().sql()).isEqualTo(status);
    assertThat(result.parts())
        .singleElement()
        .satisfies(p -> assertThat(p.weight()).isEqualByComparingTo("1"));
  }

  @Test
  void whatIsNotExpectedIsLeftOutAndTheOtherWeightsCountAlone() {
    var result =
        similar(0.5)
            .validate(
                expect("greet", Map.of(), "Hello there"),
                saw("greet", Map.of("mood", "fine"), "Hi you"),
                Rules.DEFAULT);
    // (0.4 * 1 + 0.3 * 0.5) / 0.7
    assertThat(result.mean()).isEqualByComparingTo("0.7857");
  }

  @Test
  void aWrongIntentIsCappedJustBelowAutoPassHoweverGoodTheRest() {
    var rules =
        new Rules(
            new Weights(
                new BigDecimal("0.1"),
                new BigDecimal("0.45"),
                new BigDecimal("0.45"),
                BigDecimal.ZERO),
            Thresholds.DEFAULT);
    var result =
        similar(1)
            .validate(
                expect("lights.on", KITCHEN, "The light is on"),
                saw("lights.dim", Map.of("room", "kitchen"), "the light is now on"),
                rules);
    assertThat(result.mean()).isEqualByComparingTo("0.9");
    assertThat(result.confidence()).isEqualByComparingTo("0.7499");
    assertThat(result.status()).isEqualTo(ReviewStatus.NEEDS_REVIEW);
    assertThat(result.gates())
        .containsExactly(new Gate("intent", "the intent is lights.dim; expected lights.on"));
  }

  @Test
  void aMissingEntityClosesAGateUnlessItIsOptional() {
    var expected = Map.<String, Object>of("room", "kitchen", "color", "red");
    var seen = saw("lights.on", Map.of("room", "kitchen"), null);
    var strict =
        new Expectation("en-US", null, "lights.on", expected, Set.of(), List.of(), Checks.NONE);
    var lenient =
        new Expectation(
            "en-US", null, "lights.on", expected, Set.of("color"), List.of(), Checks.NONE);
    assertThat(gates(chrf().validate(strict, seen, Rules.DEFAULT))).containsExactly("entity:color");
    var result = chrf().validate(lenient, seen, Rules.DEFAULT);
    assertThat(result.gates()).isEmpty();
    assertThat(result.score("entity").orElseThrow()).isEqualByComparingTo("0.6666");
  }

  @Test
  void anEntityThatNobodyExpectedCostsPrecisionAndClosesNoGate() {
    var result =
        chrf()
            .validate(
                expect(null, KITCHEN),
                saw(null, Map.of("room", "kitchen", "color", "red"), null),
                Rules.DEFAULT);
    assertThat(result.score("entity").orElseThrow()).isEqualByComparingTo("0.6666");
    assertThat(result.gates()).isEmpty();
  }

  /// Cosine takes all of these for near twins.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en-US | Alarm set for 7 am.                | Alarm set for 7 pm.                | time
          en-US | Alarm set for 7 a.m.               | Your alarm is at nineteen          | time
          en-US | The kitchen light is on.           | The kitchen light is off.          | opposite
          en-US | I have set a timer for 5 minutes.  | I have set a timer for 15 minutes. | quantity
          en-US | Timer set for five minutes         | Timer set                          | quantity
          en-US | I can do that.                     | I can't do that.                   | negation
          en-US | It will not rain today.            | It will rain today.                | negation
          en-US | You have three meetings.           | You have four meetings.            | number
          en-US | Booked for July 4th.               | Booked for July 14th.              | date
          es-MX | La alarma es a las 7 de la mañana. | La alarma es a las 7 de la noche.  | time
          es-MX | La luz está encendida.             | La luz está apagada.               | opposite
          es-MX | Hay tres mensajes.                 | Hay dos mensajes.                  | number
          es-MX | Sí, mañana llueve.                 | No, mañana no llueve.              | negation
          fr-FR | Le réveil est à 7 h du matin.      | Le réveil est à 7 h du soir.       | time
          fr-FR | La lumière est allumée.            | La lumière est éteinte.            | opposite
          fr-FR | Il fait vingt et un degrés.        | Il fait trente et un degrés.       | quantity
          fr-FR | Il va pleuvoir.                    | Il ne va pas pleuvoir.             | negation
          de-DE | Das Licht ist eingeschaltet.       | Das Licht ist ausgeschaltet.       | opposite
          de-DE | Der Wecker ist auf 7 Uhr 30.       | Der Wecker ist auf 8 Uhr 30.       | time
          """)
  void whatSimilarityDoesNotSeeClosesAGate(
      String language, String expected, String actual, String gate) {
    var expectation =
        new Expectation(language, null, null, Map.of(), Set.of(), List.of(expected), Checks.NONE);
    var result = similar(0.99).validate(expectation, saw(null, Map.of(), actual), Rules.DEFAULT);
    assertThat(gates(result)).contains(gate);
    assertThat(result.status()).isEqualTo(ReviewStatus.NEEDS_REVIEW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en-US | Alarm set for 7 am.                | Okay, your alarm is set for 7:00 AM.
          en-US | Alarm set for 7 pm.                | Okay, your alarm is set for 19:00.
          en-US | Timer for 5 minutes.               | I started a five minute timer.
          en-US | Timer for 1 hour.                  | A timer for 60 minutes is running.
          en-US | The light is on.                   | No problem, I turned on the light.
          en-US | It costs 1,250.50 dollars          | That is 1250.5 dollars
          en-US | Twenty-one degrees today           | It is 21° today
          es-MX | La alarma es a las 7 de la mañana. | Listo: la alarma suena a las 7:00.
          es-MX | Veintiún mensajes nuevos           | Tienes 21 mensajes nuevos
          es-MX | Son 3,5 litros                     | Quedan 3.5 litros
          fr-FR | Il est 19 h 30                     | Il est 19:30
          fr-FR | Quatre-vingt-dix minutes           | Le film dure 90 minutes
          de-DE | Der Wecker ist auf 7 Uhr 30.       | Ich wecke dich um 07:30.
          de-DE | einundzwanzig Nachrichten          | Du hast 21 Nachrichten
          """)
  void theSameInOtherWordsClosesNone(String language, String expected, String actual) {
    var expectation =
        new Expectation(language, null, null, Map.of(), Set.of(), List.of(expected), Checks.NONE);
    var result = similar(0.9).validate(expectation, saw(null, Map.of(), actual), Rules.DEFAULT);
    assertThat(result.gates()).isEmpty();
    assertThat(result.status()).isEqualTo(ReviewStatus.AUTO_PASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en-US | five minutes | 5 minutes     | true
          en-US | 5 minutes    | 300 seconds   | true
          en-US | 5            | five          | true
          en-US | 7 am         | 07:00         | true
          en-US | 7 am         | 7 pm          | false
          en-US | the kitchen  | Kitchen       | true
          en-US | July 4, 2026 | 2026-07-04    | true
          en-US | 4 July       | July 4th      | true
          en-US | 50 %         | 50 percent    | true
          fr-FR | 50 %         | 50 pour cent  | true
          en-US | -5           | 5             | false
          en-US | 20 °C        | 20 degrees celsius | true
          en-US | 20 °C        | 20 °F         | false
          en-US | one thousand | 1000          | true
          en-US | hundred and five | 105       | false
          en-US | one hundred and five | 105   | true
          es-MX | cocina       | la Cocina     | true
          es-MX | sala         | cocina        | false
          es-MX | 4 de julio de 2026 | 2026-07-04 | true
          es-MX | dos mil      | 2000          | true
          fr-FR | quatre-vingt-onze | 91       | true
          fr-FR | cuisine      | la cuisine    | true
          fr-FR | 4 juillet    | 4 Juillet     | true
          """)
  void valuesOfEntitiesAreReadBeforeTheyAreCompared(
      String language, String expected, String actual, boolean same) {
    var expectation =
        new Expectation(
            language, null, null, Map.of("slot", expected), Set.of(), List.of(), Checks.NONE);
    var result =
        chrf().validate(expectation, saw(null, Map.of("slot", actual), null), Rules.DEFAULT);
    assertThat(result.passed()).as("%s and %s", expected, actual).isEqualTo(same);
  }

  @Test
  void numbersListsAndObjectsAreComparedByValue() {
    var expected = new LinkedHashMap<String, Object>();
    expected.put("count", 3);
    expected.put("rooms", List.of("hall", "kitchen"));
    expected.put("at", Map.of("hour", 7));
    var seen = new LinkedHashMap<String, @Nullable Object>();
    seen.put("count", 3.0);
    seen.put("rooms", List.of("Kitchen", "hall"));
    seen.put("at", Map.of("hour", "7"));
    var result = chrf().validate(expect(null, expected), saw(null, seen, null), Rules.DEFAULT);
    assertThat(result.gates()).isEmpty();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void theNearestOfSeveralRepliesCounts() {
    var result =
        chrf()
            .validate(
                expect(null, Map.of(), "The light is off.", "The light is on."),
                saw(null, Map.of(), "the light is on"),
                Rules.DEFAULT);
    assertThat(result.passed()).isTrue();
  }

  @Test
  void aMissingReplyIsNotRight() {
    var result =
        chrf()
            .validate(
                expect("greet", Map.of(), "Hello"), saw("greet", Map.of(), null), Rules.DEFAULT);
    assertThat(gates(result)).containsExactly("reply");
    assertThat(result.mean()).isEqualByComparingTo("0.5714");
  }

  @Test
  void checksThatFailCloseGatesAndSayWhy() {
    var checks =
        new Checks(
            List.of("kitchen light"),
            List.of("sorry"),
            List.of("^okay"),
            Duration.ofMillis(800),
            0.2,
            List.of(),
            null);
    var expectation =
        new Expectation(
            "en-US", "turn on the kitchen light", null, Map.of(), Set.of(), List.of(), checks);
    var bad =
        new Observation(
            "turn on the chicken light",
            null,
            Map.of(),
            "Sorry, I did not get that",
            Duration.ofSeconds(1),
            null);
    var result = chrf().validate(expectation, bad, Rules.DEFAULT);
    assertThat(result.checks())
        .filteredOn(c -> !c.holds())
        .extracting(ValidationResult.Check::name)
        .containsExactly("required_phrase", "forbidden_phrase", "pattern", "latency");
    assertThat(result.wordErrorRate()).isEqualTo(0.2);
    assertThat(result.status()).isEqualTo(ReviewStatus.AUTO_FAIL);
    var good =
        new Observation(
            "turn on the kitchen light",
            null,
            Map.of(),
            "Okay, kitchen light on",
            Duration.ofMillis(300),
            null);
    assertThat(chrf().validate(expectation, good, Rules.DEFAULT).passed()).isTrue();
  }

  @Test
  void assertionsLookAtTheWholeAnswer() {
    var assertion =
        new Expectation.Assertion() {
          @Override
          public String text() {
            return "body.ok";
          }

          @Override
          public boolean holds(Map<String, @Nullable Object> document) {
            return ((Map<?, ?>) java.util.Objects.requireNonNull(document.get("body"))).get("ok")
                == Boolean.TRUE;
          }
        };
    var checks = new Checks(List.of(), List.of(), List.of(), null, null, List.of(assertion), null);
    var seen = new Observation(null, null, Map.of(), null, null, Map.of("ok", true));
    assertThat(chrf().validate(expect(checks), seen, Rules.DEFAULT).passed()).isTrue();
    var broken = new Observation(null, null, Map.of(), null, null, null);
    assertThat(chrf().validate(expect(checks), broken, Rules.DEFAULT).checks().getFirst().reason())
        .contains("can not be evaluated");
  }

  @Test
  void aJudgeCountsOnlyWhereSomebodyAsksForIt() {
    var judged =
        new Validator(
            Similarity.CHRF,
            (_, _, rubric) -> new Judge.Opinion(0.5, "judge:test", "it is " + rubric));
    var expected = expect("greet", Map.of());
    var seen = saw("greet", Map.of(), "Hi");
    assertThat(judged.validate(expected, seen, Rules.DEFAULT).mean()).isEqualByComparingTo("1");
    var rules =
        new Rules(
            new Weights(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE),
            Thresholds.DEFAULT);
    assertThat(judged.validate(expected, seen, rules).mean()).isEqualByComparingTo("0.75");
  }

  @Test
  void thresholdsCanBeOthers() {
    var rules =
        new Rules(Weights.DEFAULT, new Thresholds(new BigDecimal("0.9"), new BigDecimal("0.5")));
    assertThat(
            similar(0.89)
                .validate(
                    expect(null, Map.of(), "Hello there"), saw(null, Map.of(), "Hi you"), rules)
                .status())
        .isEqualTo(ReviewStatus.NEEDS_REVIEW);
    assertThatThrownBy(() -> new Thresholds(new BigDecimal("0.3"), new BigDecimal("0.5")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingExpectedIsNotSilentlyRight() {
    assertThatThrownBy(
            () -> chrf().validate(expect(Checks.NONE), saw("greet", Map.of(), "Hi"), Rules.DEFAULT))
        .hasMessageContaining("nothing is expected");
  }
}
