package io.sluice.validation.model;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts without what does not change their meaning.
final class Texts {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHE = Pattern.compile("[’‘`´]");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}'%°+.,:/<>-]+");
  private static final Pattern LOOSE =
      Pattern.compile("(?<![\\p{N}])[.,:/+-]+|[.,:/+-]+(?![\\p{N}])");

  private Texts() {}

  /// Lower case, without accents, punctuation and superfluous space. What stands inside of numbers,
  /// times and dates stays: `7:30`, `3.5`, `2026-11-25`; so does a sign.
  static String plain(String text) {
    var signed = text.replaceAll("(^|\\s)[-−](?=\\p{N})", "$1minus ");
    var flat =
        Normalizer.normalize(APOSTROPHE.matcher(signed).replaceAll("'"), Normalizer.Form.NFKD);
    var bare = MARKS.matcher(flat).replaceAll("").toLowerCase(Locale.ROOT);
    var words = LOOSE.matcher(NO_WORD.matcher(bare).replaceAll(" ")).replaceAll(" ");
    return words.strip().replaceAll("\\s+", " ");
  }

  /// The words of a text.
  static List<String> words(String text) {
    var plain = plain(text);
    return plain.isEmpty() ? List.of() : List.of(plain.split(" "));
  }

  /// The primary language of a tag: `es` of `es-MX`.
  static String primary(String language) {
    return Locale.forLanguageTag(language).getLanguage();
  }
}
