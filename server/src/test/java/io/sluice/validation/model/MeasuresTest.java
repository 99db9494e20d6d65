package io.sluice.validation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values worked out by hand from the definitions.
class MeasuresTest {
  /// "aa" and "ab": unigrams 1 of 2, bigrams 0 of 1; mean 0.25 for both precision and recall. "abc"
  /// and "abcd": precision (1 + 1 + 1) / 3, recall (3/4 + 2/3 + 1/2) / 3 = 0.6389; F with β = 2 is
  /// 5·1·0.6389 / (4 + 0.6389).
  @ParameterizedTest
  @CsvSource({
    "aa, ab, 0.25",
    "a, a, 1",
    "a, b, 0",
    "abcd, abc, 0.6886",
    "Hello World, hello world!, 1",
    "'', '', 1",
    "a, '', 0"
  })
  void chrf(String expected, String actual, double score) {
    assertThat(Chrf.score(expected, actual)).isCloseTo(score, within(0.0001));
  }

  @ParameterizedTest
  @CsvSource({
    "en, turn on the light, turn on the light, 0",
    "en, turn on the light, turn off the light, 0.25",
    "en, turn on the light, turn the light, 0.25",
    "en, turn on, please turn it on, 1",
    "en, 'Turn on, the LIGHT!', turn on the light, 0",
    "ja, 電気をつけて, 電気をけして, 0.3333",
    "en, hello, '', 1"
  })
  void wordErrorRate(String language, String said, String heard, double rate) {
    assertThat(WordErrors.rate(language, said, heard)).isCloseTo(rate, within(0.0001));
  }
}
