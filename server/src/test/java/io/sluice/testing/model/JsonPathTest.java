package io.sluice.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Canonical;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final Object JSON =
      Canonical.read(
          "{\"items\":[{\"id\":1,\"name\":\"a\"},{\"id\":2}],\"a b\":{\"c\":null},\"x\":{\"y\":5}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.items[0].id|1",
        "$.items[-1].id|2",
        "$.items[*].id|[1,2]",
        "$.items[*].name|[\"a\"]",
        "$['a b'].c|null",
        "$[\"a b\"]['c']|null",
        "$.x|{\"y\":5}",
        "$.x[*]|[5]",
        "$.items[2]|-",
        "$.items.id|-",
        "$.nothing|-",
      })
  void findsWhatStandsThere(String path, String value) {
    var found = JsonPath.read(path).orElseThrow().find(JSON);
    assertThat(found.there() ? Canonical.json(found.value()) : "-").isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "items", ".items", "$items", "$.", "$..a", "$[", "$[a]", "$.a b"})
  void isNoneOfThese(String path) {
    assertThat(JsonPath.read(path)).isEmpty();
  }
}
