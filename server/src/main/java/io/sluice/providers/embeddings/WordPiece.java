package io.sluice.providers.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The uncased WordPiece tokenizer of BERT: drops control characters, splits at white space, signs
/// and ideographs, strips accents and case, then cuts each word into the longest pieces that the
/// vocabulary holds.
final class WordPiece {

  private static final int MAX_WORD_CODE_POINTS = 100;
  private static final String CONTINUATION = "##";

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int classify;
  private final int separate;

  private WordPiece(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.unknown = id("[UNK]");
    this.classify = id("[CLS]");
    this.separate = id("[SEP]");
  }

  private int id(String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new IllegalStateException("the vocabulary has no " + token);
    }
    return id;
  }

  /// Reads the `tokenizer.json` that models are published with.
  static WordPiece read(InputStream json) throws IOException {
    JsonNode entries = new JsonMapper().readTree(json.readAllBytes()).path("model").path("vocab");
    Map<String, Integer> vocabulary = HashMap.newHashMap(entries.size());
    entries.properties().forEach(entry -> vocabulary.put(entry.getKey(), entry.getValue().asInt()));
    return new WordPiece(vocabulary);
  }

  /// `ids` between the tokens that begin and end every text.
  long[] framed(int[] ids) {
    long[] framed = new long[ids.length + 2];
    framed[0] = classify;
    for (int i = 0; i < ids.length; i++) {
      framed[i + 1] = ids[i];
    }
    framed[ids.length + 1] = separate;
    return framed;
  }

  /// The ids of `text`, without start and end.
  int[] tokenize(String text) {
    var ids = new Ids();
    var word = new StringBuilder();
    String plain = normalize(text);
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        cut(word, ids);
      } else if (standsAlone(c)) {
        cut(word, ids);
        word.appendCodePoint(c);
        cut(word, ids);
      } else {
        word.appendCodePoint(c);
      }
    }
    cut(word, ids);
    return ids.toArray();
  }

  private static String normalize(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    var plain = new StringBuilder(decomposed.length());
    decomposed.codePoints().filter(WordPiece::keeps).forEach(plain::appendCodePoint);
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean keeps(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> c != 0xFFFD;
    };
  }

  private static boolean standsAlone(int c) {
    return ideograph(c)
        || c > 32 && c < 48
        || c > 57 && c < 65
        || c > 90 && c < 97
        || c > 122 && c < 127
        || switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }

  /// The CJK blocks that BERT was trained with; kana and hangul are not among them.
  private static boolean ideograph(int c) {
    return c >= 0x4E00 && c <= 0x9FFF
        || c >= 0x3400 && c <= 0x4DBF
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0x20000 && c <= 0x2CEAF
        || c >= 0x2F800 && c <= 0x2FA1F;
  }

  /// Takes the word out of `word` and adds its pieces, or the unknown token if any part of it is
  /// not in the vocabulary.
  private void cut(StringBuilder word, Ids ids) {
    if (word.isEmpty()) {
      return;
    }
    String whole = word.toString();
    word.setLength(0);
    int mark = ids.size;
    boolean known = whole.codePointCount(0, whole.length()) <= MAX_WORD_CODE_POINTS;
    for (int start = 0; known && start < whole.length(); ) {
      int end = longestPiece(whole, start, ids);
      known = end > start;
      start = end;
    }
    if (!known) {
      ids.size = mark;
      ids.add(unknown);
    }
  }

  private int longestPiece(String word, int start, Ids ids) {
    String prefix = start == 0 ? "" : CONTINUATION;
    for (int end = word.length(); end > start; end = word.offsetByCodePoints(end, -1)) {
      Integer id = vocabulary.get(prefix + word.substring(start, end));
      if (id != null) {
        ids.add(id);
        return end;
      }
    }
    return start;
  }

  private static final class Ids {
    private int[] ids = new int[64];
    private int size;

    void add(int id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
      }
      ids[size++] = id;
    }

    int[] toArray() {
      return Arrays.copyOf(ids, size);
    }
  }
}
