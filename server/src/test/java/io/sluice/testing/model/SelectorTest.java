package io.sluice.testing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.CaseType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
  private static final Selector.Subject LIGHT =
      new Selector.Subject(
          "Turn on the kitchen light",
          CaseType.VOICE,
          3,
          List.of("smoke", "lights"),
          List.of("en-US", "es-MX"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|true",
        "smoke|true",
        "slow|false",
        "not slow|true",
        "smoke and slow|false",
        "smoke or slow|true",
        "slow or smoke and lights|true",
        "(slow or smoke) and not lights|false",
        "not (slow or smoke)|false",
        "not not smoke|true",
        "tag:smoke|true",
        "TYPE:voice|true",
        "type:Http|false",
        "priority:3|true",
        "priority<=3|true",
        "priority<3|false",
        "priority>2|true",
        "priority>=4|false",
        "language:es-MX|true",
        "language:fr-FR|false",
        "name:\"turn on*\"|true",
        "name:*LIGHT|true",
        "name:light|false",
        "name:\"Turn on the kitchen light\" AND type:voice|true",
        "smoke and not slow and type:voice|true",
        "( smoke )and(lights)|true",
      })
  void choosesByWhatACaseSays(String text, boolean chosen) {
    assertThat(Selector.of(text).test(LIGHT)).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "''|There is nothing in it",
        "smoke lights|Something is missing before 'lights' at character 6",
        "and smoke|Something is missing before 'and' at character 0",
        "smoke and|It ends too early",
        "(smoke|The ( at character 0 is never closed",
        "smoke)|The ) at character 5 closes nothing",
        "()|Something is missing before ')'",
        "not|It ends too early",
        "name:\"a|The quotation mark at character 5 is never closed",
        "tyep:voice|Did you mean 'type'?",
        "type:voise|Did you mean 'voice'?",
        "tag:|A value is missing after 'tag:'",
        "tag<3|Only priority can be compared",
        "priority:11|a number from 1 to 10",
      })
  void saysWhatIsWrong(String text, String said) {
    assertThatThrownBy(() -> Selector.of(text))
        .isInstanceOf(Selector.Malformed.class)
        .hasMessageContaining(said);
  }

  @Test
  void endsEvenIfItIsNestedWithoutMeasure() {
    assertThatThrownBy(() -> Selector.of("(".repeat(100_000)))
        .isInstanceOf(Selector.Malformed.class)
        .hasMessageContaining("nested");
    assertThatThrownBy(() -> Selector.of("not ".repeat(100_000) + "a"))
        .isInstanceOf(Selector.Malformed.class);
  }
}
