package io.sluice.validation.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Texts of one language in the form in which those that mean the same are equal: numbers are
/// digits, times are of a day with 24 hours, durations are seconds, and articles are gone.
final class Canonical {
  private static final Map<String, Canonical> KNOWN = new ConcurrentHashMap<>();
  private static final Pattern FACT = Pattern.compile("<(\\w+) ([^>]*)>");

  private static final Map<String, Set<String>> ARTICLES =
      Map.of(
          "en", Set.of("the", "a", "an"),
          "es", Set.of("el", "la", "los", "las", "un", "una"),
          "fr", Set.of("le", "la", "les", "un", "une", "des"),
          "de", Set.of("der", "die", "das", "den", "dem", "ein", "eine"),
          "it", Set.of("il", "lo", "la", "i", "gli", "le", "un", "una"),
          "pt", Set.of("o", "a", "os", "as", "um", "uma"));

  private final SpelledNumbers numbers;
  private final List<FactReader> readers;
  private final Set<String> articles;

  private Canonical(String language) {
    this.numbers = SpelledNumbers.in(language);
    var decimals = new Decimals(language);
    this.readers =
        List.of(
            new DateReader(language),
            new TimeReader(language),
            new QuantityReader(decimals),
            decimals);
    this.articles = ARTICLES.getOrDefault(language, Set.of());
  }

  /// For a language by its tag.
  static Canonical in(String tag) {
    return KNOWN.computeIfAbsent(Texts.primary(tag), Canonical::new);
  }

  /// The canonical form.
  String of(String text) {
    var read = read(text);
    var words = new ArrayList<String>();
    for (var word : read.split(" (?![^<]*>)")) {
      if (!word.isEmpty() && !articles.contains(word)) {
        words.add(word);
      }
    }
    return words.isEmpty() ? read.strip() : String.join(" ", words);
  }

  /// What a text states.
  Set<Fact> facts(String text) {
    return FACT.matcher(read(text))
        .results()
        .map(found -> new Fact(found.group(1), found.group(2)))
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  /// Each reader replaces what it knows by tokens, which later ones pass over.
  private String read(String text) {
    var out = " " + numbers.inDigits(Texts.plain(text)) + " ";
    for (var reader : readers) {
      out = reader.read(out);
    }
    return out;
  }

  /// Replaces one kind of fact by its token.
  interface FactReader {
    /// Reads a plain text that begins and ends with a space.
    String read(String text);
  }
}
