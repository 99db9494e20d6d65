package io.sluice.assistant.model;

import com.ibm.icu.text.RuleBasedNumberFormat;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words without what does not matter: lower case, no accents, no punctuation, numbers as digits.
final class Words {
  private static final int HIGHEST = 100;
  private static final Pattern ACCENT = Pattern.compile("\\p{M}+");
  private static final Pattern NOISE = Pattern.compile("[^a-z0-9:%]+|(?<!\\d):|:(?!\\d)");

  private final Map<String, String> digits = new LinkedHashMap<>();
  private final Pattern spelled;

  /// @param articles words for one that are articles, too, and stay
  Words(Locale language, String... articles) {
    var format = new RuleBasedNumberFormat(language, RuleBasedNumberFormat.SPELLOUT);
    for (int n = 0; n <= HIGHEST; n++) {
      digits.put(plain(format.format(n)), Integer.toString(n));
    }
    Arrays.asList(articles).forEach(digits::remove);
    // The longest first: twenty one before twenty.
    var names =
        digits.keySet().stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .toList();
    spelled = Pattern.compile("\\b(" + String.join("|", names) + ")\\b");
  }

  /// With its numbers in digits.
  String read(String text) {
    return spelled
        .matcher(plain(text))
        .replaceAll(
            found -> Matcher.quoteReplacement(digits.getOrDefault(found.group(), found.group())));
  }

  /// Without what does not matter.
  static String plain(String text) {
    var decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    var bare = ACCENT.matcher(decomposed).replaceAll("");
    return NOISE.matcher(bare).replaceAll(" ").strip();
  }

  /// Plain words as they stand in the text, with their accents.
  static String asWritten(String plain, String text) {
    var written = new LinkedHashMap<String, String>();
    for (var word : text.split("[\\s,.!?¿¡;'’]+")) {
      written.putIfAbsent(plain(word), word.toLowerCase(Locale.ROOT));
    }
    var out = new StringBuilder();
    for (var word : plain.split(" ")) {
      out.append(out.isEmpty() ? "" : " ").append(written.getOrDefault(word, word));
    }
    return out.toString();
  }
}
