package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Holds us to what the reference implementation of JSONata makes of our own cases; see
/// `expression/record.mjs`.
class RecordedCasesTest {
  private static final String FAILS = "fails";

  /// Where we differ from the reference implementation, and why that is borne.
  private static final Map<String, String> KNOWN = Map.of();

  private final Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
  private final List<Map<String, Object>> cases = new ArrayList<>();

  @SuppressWarnings("unchecked")
  RecordedCasesTest() throws IOException {
    documents.putAll((Map<String, Map<String, Object>>) read("cases.json").get("documents"));
    cases.addAll((List<Map<String, Object>>) read("recorded.json").get("cases"));
  }

  @Test
  void evaluatesAsTheReferenceImplementationDoes() {
    var differences = new TreeMap<String, String>();
    for (Map<String, Object> one : cases) {
      Object expected = numbers(one.containsKey("error") ? FAILS : one.get("result"));
      Object actual = numbers(outcome(one, (String) one.get("expression")));
      if (!Objects.equals(expected, actual)) {
        differences.put((String) one.get("expression"), expected + ", but here " + actual);
      }
    }
    assertThat(differences.keySet())
        .as("differences that are not known: %s", differences)
        .isEqualTo(KNOWN.keySet());
  }

  /// An expression is given the parts of the document that it reads. With the whole document it
  /// must come to the same.
  @Test
  void seesAllThatItReads() {
    for (Map<String, Object> one : cases) {
      String expression = (String) one.get("expression");
      assertThat(outcome(one, expression))
          .as(expression)
          .isEqualTo(outcome(one, "($whole := $$; " + expression + ")"));
    }
  }

  @Test
  void leavesTheDocumentAsItWas() throws IOException {
    cases.forEach(one -> outcome(one, (String) one.get("expression")));
    assertThat(documents).isEqualTo(read("cases.json").get("documents"));
  }

  @Test
  void readsFilesThatBelongTogether() throws IOException {
    assertThat(cases)
        .extracting(one -> one.get("expression"))
        .containsExactlyElementsOf((List<?>) read("cases.json").get("expressions"))
        .hasSizeGreaterThan(200);
  }

  private Object outcome(Map<String, Object> one, String expression) {
    try {
      var document = Objects.requireNonNull(documents.get((String) one.get("document")));
      return Expression.of(expression).evaluate(document);
    } catch (ExpressionProblem e) {
      boolean function =
          Objects.requireNonNull(e.getMessage()).startsWith("The result is, or holds, a function");
      return function && one.containsKey("undefined") ? null : FAILS;
    }
  }

  /// All numbers as doubles, as JavaScript has them.
  private static Object numbers(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case List<?> list ->
          list.stream()
              .map(RecordedCasesTest::numbers)
              .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((name, member) -> copy.put(name, numbers(member)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(String file) throws IOException {
    try (var in = RecordedCasesTest.class.getResourceAsStream("/expression/" + file)) {
      return new JsonMapper().readValue(Objects.requireNonNull(in), Map.class);
    }
  }
}
