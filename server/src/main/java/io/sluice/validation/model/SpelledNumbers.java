package io.sluice.validation.model;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers that are written in words, up to a thousand and in round thousands, for every language
/// that ICU can spell (Unicode CLDR, rule-based number formats).
final class SpelledNumbers {
  private static final int MOST = 1000;
  private static final Map<String, SpelledNumbers> KNOWN = new ConcurrentHashMap<>();

  /// One is an article in many languages, and second a unit: alone they are not read as numbers.
  private static final int LEAST_ALONE = 2;

  private final Node root = new Node();

  private static final class Node {
    private final Map<String, Node> next = new HashMap<>();
    private int value = -1;
  }

  private SpelledNumbers(String language) {
    var format = new RuleBasedNumberFormat(new ULocale(language), RuleBasedNumberFormat.SPELLOUT);
    var cardinals = new ArrayList<String>();
    for (var rules : format.getRuleSetNames()) {
      if (rules.startsWith("%spellout-cardinal") || rules.equals("%spellout-numbering")) {
        cardinals.add(rules);
      }
    }
    for (var rules : cardinals) {
      for (int n = LEAST_ALONE; n < MOST; n++) {
        add(format.format((long) n, rules), n);
      }
      for (int n = MOST; n <= 100_000; n += MOST) {
        add(format.format((long) n, rules), n);
      }
    }
  }

  static SpelledNumbers in(String language) {
    return KNOWN.computeIfAbsent(language, SpelledNumbers::new);
  }

  /// A spelling with and without its hyphens, with and without "and".
  private void add(String spelled, int value) {
    var plain = Texts.plain(spelled.replace("\u00ad", "").replace('-', ' '));
    put(List.of(plain.split(" ")), value);
    if (value > 100 && value % 100 != 0) {
      var words = new ArrayList<>(List.of(plain.split(" ")));
      int hundred = words.indexOf("hundred");
      if (hundred >= 0) {
        words.add(hundred + 1, "and");
        put(words, value);
      }
    }
  }

  private void put(List<String> words, int value) {
    var node = root;
    for (var word : words) {
      node = node.next.computeIfAbsent(word, _ -> new Node());
    }
    if (node.value < 0) {
      node.value = value;
    }
  }

  /// The text with its spelled numbers in digits.
  String inDigits(String plain) {
    var words = List.of(unhyphened(plain).split(" "));
    var out = new ArrayList<String>();
    for (int at = 0; at < words.size(); ) {
      int length = longest(words, at);
      if (length == 0) {
        out.add(words.get(at));
        at++;
      } else {
        out.add(Integer.toString(value(words.subList(at, at + length))));
        at += length;
      }
    }
    return String.join(" ", out);
  }

  /// "twenty-one" is two words here; "2026-11-25" stays one.
  private static String unhyphened(String plain) {
    return plain.replaceAll("(?<=\\p{L})-(?=\\p{L})", " ");
  }

  private int longest(List<String> words, int from) {
    var node = root;
    int length = 0;
    for (int at = from; at < words.size(); at++) {
      node = node.next.get(words.get(at));
      if (node == null) {
        break;
      }
      if (node.value >= 0) {
        length = at - from + 1;
      }
    }
    return length;
  }

  private int value(List<String> words) {
    var node = root;
    for (var word : words) {
      node = java.util.Objects.requireNonNull(node.next.get(word));
    }
    return node.value;
  }
}
