package io.sluice.expression.jsonata;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is known of the language's functions.
final class Vocabulary {
  /// Functions that would break replay, or compile data.
  static final Map<String, String> REFUSED =
      Map.of(
          "eval", "$eval is not available: text from a document is never evaluated",
          "random", "$random is not available: a replay would see another number",
          "shuffle", "$shuffle is not available: a replay would see another order");

  /// Functions that take the context, an object too, when they get fewer arguments than this.
  private static final Map<String, Integer> TAKE_ANY =
      Map.of(
          "string", 1, "boolean", 1, "not", 1, "keys", 1, "spread", 1, "clone", 1, "lookup", 2,
          "sift", 2, "each", 2);

  /// Functions that take the context, but no object.
  private static final Map<String, Integer> TAKE_SCALARS =
      Map.ofEntries(
          Map.entry("substring", 3),
          Map.entry("substringBefore", 2),
          Map.entry("substringAfter", 2),
          Map.entry("lowercase", 1),
          Map.entry("uppercase", 1),
          Map.entry("length", 1),
          Map.entry("trim", 1),
          Map.entry("pad", 3),
          Map.entry("match", 3),
          Map.entry("contains", 2),
          Map.entry("replace", 4),
          Map.entry("split", 3),
          Map.entry("formatNumber", 3),
          Map.entry("formatBase", 1),
          Map.entry("formatInteger", 2),
          Map.entry("parseInteger", 2),
          Map.entry("number", 1),
          Map.entry("floor", 1),
          Map.entry("ceil", 1),
          Map.entry("round", 1),
          Map.entry("abs", 1),
          Map.entry("sqrt", 1),
          Map.entry("power", 2),
          Map.entry("base64encode", 1),
          Map.entry("base64decode", 1),
          Map.entry("encodeUrlComponent", 1),
          Map.entry("encodeUrl", 1),
          Map.entry("decodeUrlComponent", 1),
          Map.entry("decodeUrl", 1),
          Map.entry("toMillis", 1),
          Map.entry("fromMillis", 3));

  static final Set<String> TIMES = Set.of("now", "millis");

  /// All functions of the language that can be called.
  static final Set<String> NAMES =
      Stream.of(
              "sum count max min average string substring substringBefore substringAfter lowercase"
                  + " uppercase length trim pad match contains replace split join formatNumber"
                  + " formatBase formatInteger parseInteger number floor ceil round abs sqrt power"
                  + " boolean not map zip filter single reduce sift keys lookup append exists"
                  + " spread merge reverse each error assert type sort distinct base64encode"
                  + " base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl"
                  + " toMillis fromMillis clone now millis")
          .flatMap(names -> Stream.of(names.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private Vocabulary() {}

  /// Whether a function takes the context when it gets too few arguments.
  static boolean mayTakeContext(String function) {
    return TAKE_ANY.containsKey(function) || TAKE_SCALARS.containsKey(function);
  }

  /// Whether a call takes the context.
  ///
  /// @param object whether the context is an object for sure
  static boolean takesContext(String function, int arguments, boolean object) {
    if (TAKE_ANY.containsKey(function)) {
      return arguments < TAKE_ANY.get(function);
    }
    return !object && TAKE_SCALARS.containsKey(function) && arguments < TAKE_SCALARS.get(function);
  }
}
