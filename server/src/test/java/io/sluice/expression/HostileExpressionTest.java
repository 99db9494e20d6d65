package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each of these would take a server's time, stack or memory.
@Timeout(20)
class HostileExpressionTest {
  private static final Bounds SHORT =
      new Bounds(Duration.ofMillis(300), 400, 1_000_000, 10_000, 5_000);

  private static final Map<String, Object> DOCUMENT =
      Map.of("long", "ab".repeat(20_000), "d", Map.of("x", 1), "xs", List.of(1, 2));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($x){ $f($x) + 1 }; $f(1))",
        "($f := function($x){ $f($x) }; $f(1))",
        "($f := function($x){ [$f($x), 1] }; $f(1))",
        "[1, ($f := function($x){ $f($x) }; $f(1))]",
        "true and ($f := function($x){ $f($x) }; $f(1))",
        "[1..10000000]",
        "$count([1..10000000])",
        "$map([1..100000], function($a) { $map([1..100000], function($b) { $a * $b }) })",
        "$reduce([1..60], function($s, $i) { $s & $s }, 'xxxx')",
        "$reduce([1..60], function($s, $i) { [[$s], [$s]] }, 'xxxx')",
        "$reduce([1..60], function($s, $i) { {'a': $s, 'b': $s} }, 'xxxx')",
        "$string($reduce([1..60], function($s, $i) { $append($s, $s) }, ['x']))",
        "d ~> |$|{'self': $}|",
        "$pad('x', 1000000000)",
        "$pad('x', -2000000000)",
        "$join([1..100000].('a'), $pad('x', 10000))",
        "$replace($pad('x', 5000, 'x'), /x/, $pad('y', 5000, 'y'))",
        "$replace($pad('x', 5000, 'x'), 'x', $pad('y', 5000, 'y'))",
        "$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^((a+)+)+\\1b$/)",
        "/^((a+)+)+\\1b$/('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
        "($r := /^((a+)+)+\\1b$/; $pad('a', 60, 'a') ~> $r)",
        "$split($pad('a', 60, 'a'), /^((a+)+)+\\1b$/)",
        "$match(long, /a/)"
      })
  void endsWithinItsBounds(String source) {
    assertThatThrownBy(() -> Expression.of(source, SHORT).evaluate(DOCUMENT))
        .isInstanceOf(ExpressionProblem.TooCostly.class);
  }

  @Test
  void refusesSourcesThatAreTooLongOrTooDeep() {
    for (String source :
        List.of(
            "(".repeat(2_000) + "1" + ")".repeat(2_000),
            "[".repeat(2_400),
            "-".repeat(4_000) + "1",
            "1".repeat(6_000),
            "a.".repeat(2_000),
            "f(".repeat(2_000),
            "{'a':".repeat(900))) {
      assertThatThrownBy(() -> Expression.of(source, SHORT))
          .isInstanceOf(ExpressionProblem.Malformed.class);
    }
  }

  /// Nothing but a problem comes out, whatever goes in.
  @Test
  void nonsenseIsMalformedOrFails() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 4_000; i++) {
      String source = nonsense(random);
      try {
        Expression.of(source, SHORT).evaluate(DOCUMENT);
      } catch (ExpressionProblem problem) {
        assertThat(problem.getMessage()).isNotBlank();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + source, e);
      }
    }
  }

  private static String nonsense(Random random) {
    String[] tokens = {
      "a",
      "xs",
      "d",
      ".",
      "[",
      "]",
      "(",
      ")",
      "{",
      "}",
      "$",
      "$$",
      "$f",
      ":=",
      "'s'",
      "\"",
      "1",
      "-",
      "+",
      "*",
      "**",
      "%",
      "/",
      "/a/",
      "~>",
      "|",
      "?",
      ":",
      ";",
      ",",
      "function",
      "function($x)",
      "&",
      "=",
      "!=",
      "<",
      "in",
      "and",
      "or",
      "null",
      "true",
      "^",
      "@$v",
      "#$i",
      "`",
      "$map",
      "$sum(",
      "..",
      "??",
      "?:",
      "/*",
      "*/",
      " ",
      "!",
      "~",
      "\\"
    };
    var source = new StringBuilder();
    int length = 1 + random.nextInt(9);
    for (int i = 0; i < length; i++) {
      source.append(tokens[random.nextInt(tokens.length)]);
    }
    return source.toString();
  }
}
