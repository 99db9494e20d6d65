package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Object> DOCUMENT =
      Map.of(
          "input", Map.of("id", 42, "name", "Ann", "tags", List.of("a", "b"), "none", List.of()),
          "steps", Map.of("fetch", Map.of("output", Map.of("score", 7, "body", List.of(1, 2)))),
          "secrets", Map.of("TOKEN", "s3cr3t"));

  @Test
  void takesItWithAndWithoutBraces() {
    assertThat(Expression.of("${ input.id }").evaluate(DOCUMENT)).isEqualTo(42);
    assertThat(Expression.of("input.id").source()).isEqualTo("input.id");
    assertThat(Expression.of("${input.id}").source()).isEqualTo("input.id");
    assertThat(Expression.of("${ {'n': $count(input.tags)} }").evaluate(DOCUMENT))
        .isEqualTo(Map.of("n", 2));
    assertThat(Expression.of("${ {'n': '}'} }").evaluate(DOCUMENT)).isEqualTo(Map.of("n", "}"));
  }

  @Test
  void itemsDoNotSurprise() {
    assertThat(Expression.of("input.tags").items(DOCUMENT)).containsExactly("a", "b");
    assertThat(Expression.of("input.tags[$ = 'a']").items(DOCUMENT)).containsExactly("a");
    assertThat(Expression.of("input.id").items(DOCUMENT)).containsExactly(42);
    assertThat(Expression.of("input.nothing").items(DOCUMENT)).isEmpty();
    assertThat(Expression.of("null").items(DOCUMENT)).isEmpty();
    assertThat(Expression.of("input.none").items(DOCUMENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "input.id > 5|true",
        "input.nothing|false",
        "input.nothing > 5|false",
        "''|false",
        "'no'|true",
        "0|false",
        "[]|false",
        "[0]|false",
        "[0,1]|true",
        "{}|false",
        "null|false"
      })
  void testsAsTheLanguageDoes(String source, boolean expected) {
    assertThat(Expression.of(source).test(DOCUMENT)).isEqualTo(expected);
  }

  @Test
  void nullsOfTheDocumentSurvive() {
    var document = new HashMap<String, Object>();
    document.put("a", null);
    document.put("list", Arrays.asList(1, null, Collections.singletonMap("x", null)));
    assertThat(Expression.of("[a, list]").evaluate(document))
        .isEqualTo(Arrays.asList(null, 1, null, Collections.singletonMap("x", null)));
    assertThat(Expression.of("{'a': a, 'b': b}").evaluate(document))
        .isEqualTo(Collections.singletonMap("a", null));
    assertThat(Expression.of("$exists(a) and $not($exists(b))").evaluate(document)).isEqualTo(true);
  }

  @Test
  void timeIsTheScopes() {
    var scope = new Scope(DOCUMENT, Instant.parse("2026-05-01T10:00:00Z"));
    assertThat(Expression.of("$now()").evaluate(scope)).isEqualTo("2026-05-01T10:00:00.000Z");
    assertThat(Expression.of("$now('[Y]')").evaluate(scope)).isEqualTo("2026");
    assertThat(Expression.of("$millis()").evaluate(scope)).isEqualTo(1777629600000L);
    assertThat(Expression.of("$millis() = $toMillis($now())").test(scope)).isTrue();
    assertThat(Expression.of("$now()").asksForTime()).isTrue();
    assertThat(Expression.of("input.now").asksForTime()).isFalse();
    assertThatThrownBy(() -> Expression.of("$now()").evaluate(DOCUMENT))
        .isInstanceOf(ExpressionProblem.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$eval('1')",
        "$map(input.tags, $eval)",
        "($e := $eval; $e('1'))",
        "input.name ~> $eval",
        "$random()",
        "$shuffle([1,2])",
        "function($x){ $eval($x) }"
      })
  void refusesWhatWouldEvaluateDataOrBreakReplay(String source) {
    assertThatThrownBy(() -> Expression.of(source))
        .isInstanceOf(ExpressionProblem.Malformed.class)
        .hasMessageContaining("is not available");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 +|3",
        "(input.id|9",
        "[1, 2|5",
        "input..|7",
        "/* open|6",
        "`x|2",
        "{'a' 1}|6",
        "$match(a, /(/)|0"
      })
  void saysWhereASourceIsWrong(String source, int atLeast) {
    assertThatThrownBy(() -> Expression.of(source))
        .asInstanceOf(type(ExpressionProblem.Malformed.class))
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("EXPRESSION_MALFORMED");
          assertThat(problem.position())
              .isBetween(atLeast - 2 < 0 ? 0 : atLeast - 2, source.length());
          assertThat(problem.getMessage()).isNotBlank().doesNotContain("Exception", "null");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$number(secrets.TOKEN)",
        "secrets.TOKEN + 1",
        "-secrets.TOKEN",
        "secrets.TOKEN > 5",
        "{secrets: 1}",
        "$sum(secrets.TOKEN)",
        "$toMillis(secrets.TOKEN)",
        "[1..secrets.TOKEN]",
        "$formatNumber(1, secrets.TOKEN)",
        "$parseInteger(secrets.TOKEN, 'w')",
        "$round(secrets.TOKEN)",
        "$fromMillis(1, secrets.TOKEN)",
        "$uppercase(secrets)",
        "$sort([1, secrets.TOKEN])"
      })
  void aFailureDoesNotTellValues(String source) {
    try {
      Expression.of(source).evaluate(DOCUMENT);
    } catch (ExpressionProblem problem) {
      assertThat(problem).isInstanceOf(ExpressionProblem.Failed.class);
      assertThat(problem.getCause()).isNull();
      assertThat(problem.getMessage()).isNotBlank().doesNotContain("s3cr3t");
    }
  }

  @Test
  void whatASourceSaysItselfIsSaid() {
    assertThatThrownBy(() -> Expression.of("$error('no contact ' & input.id)").evaluate(DOCUMENT))
        .isInstanceOf(ExpressionProblem.Failed.class)
        .hasMessage("no contact 42");
  }

  @Test
  void threadsShareOne() throws Exception {
    var shared =
        Expression.of(
            "($f := function($v){ $v * n }; {'n': n, 'all': $map([1..9], $f), 's': xs[$ > 2]})");
    List<Callable<Integer>> tasks =
        IntStream.range(0, 8).<Callable<Integer>>mapToObj(t -> () -> wrong(shared, t)).toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isZero();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static int wrong(Expression shared, int thread) {
    int wrong = 0;
    for (int i = 0; i < 1_500; i++) {
      int n = thread * 10_000 + i;
      var all = IntStream.rangeClosed(1, 9).mapToObj(v -> v * n).toList();
      var expected = Map.of("n", n, "all", all, "s", List.of(3, 4));
      Object actual = shared.evaluate(Map.of("n", n, "xs", List.of(1, 2, 3, 4)));
      wrong += expected.equals(actual) ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void theCacheKeepsWhatIsUsedAndNoMoreThanItMay() {
    var cache = new Expressions(10, Bounds.DEFAULT);
    var first = cache.of("input.id");
    for (int i = 0; i < 100; i++) {
      assertThat(cache.of("input.id")).isSameAs(first);
      cache.of("input.x" + i);
      assertThat(cache.size()).isLessThanOrEqualTo(11);
    }
  }
}
