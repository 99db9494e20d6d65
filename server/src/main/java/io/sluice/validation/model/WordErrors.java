package io.sluice.validation.model;

import java.util.List;
import java.util.Set;

/// The word error rate: substitutions, deletions and insertions (Levenshtein) by the words that
/// were said. Languages that put no space between words are counted by characters (CER).
public final class WordErrors {
  private static final Set<String> BY_CHARACTER = Set.of("zh", "ja", "th", "lo", "km", "my");

  private WordErrors() {}

  /// The rate: 0 is perfect; above 1 if more was heard than said.
  public static double rate(String language, String said, String heard) {
    var reference = units(language, said);
    var hypothesis = units(language, heard);
    if (reference.isEmpty()) {
      return hypothesis.isEmpty() ? 0 : 1;
    }
    return (double) distance(reference, hypothesis) / reference.size();
  }

  private static List<String> units(String language, String text) {
    if (!BY_CHARACTER.contains(Texts.primary(language))) {
      return Texts.words(text);
    }
    return Texts.plain(text)
        .codePoints()
        .filter(c -> c != ' ')
        .mapToObj(Character::toString)
        .toList();
  }

  private static int distance(List<String> a, List<String> b) {
    int[] above = new int[b.size() + 1];
    for (int j = 0; j <= b.size(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      int[] row = new int[b.size() + 1];
      row[0] = i;
      for (int j = 1; j <= b.size(); j++) {
        int replaced = above[j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.size()];
  }
}
