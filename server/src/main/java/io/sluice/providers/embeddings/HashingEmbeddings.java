package io.sluice.providers.embeddings;

import io.sluice.providers.EmbeddingModel;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The mock: hashes stemmed words, and at a quarter of the weight their parts of four letters, into
/// a vector. Knows no synonyms, but ranks texts that share words before texts that do not, which is
/// enough to demonstrate and to test a search.
///
/// No text is too long for it; [#maxTokens] is that of the remote model it most often stands in
/// for.
public final class HashingEmbeddings implements EmbeddingModel {

  private static final int DIMENSION = 1536;
  private static final int MAX_TOKENS = 8191;
  private static final int GRAM = 4;
  private static final float GRAM_WEIGHT = 0.25f;

  private final Analyzer analyzer = new EnglishAnalyzer();

  @Override
  public String name() {
    return "mock-hashing";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public int maxTokens() {
    return MAX_TOKENS;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    Vectors.requireMeaning(texts);
    return texts.stream().map(this::embed).toList();
  }

  private float[] embed(String text) {
    Map<String, Integer> words = words(text);
    if (words.isEmpty()) {
      // Stop words or signs only: the text itself is then its only word.
      words.put(text, 1);
    }
    Map<String, Float> grams = new HashMap<>();
    words.forEach(
        (word, count) -> grams(word, gram -> grams.merge(gram, (float) count, Float::sum)));
    float[] vector = new float[DIMENSION];
    BiConsumer<String, Float> add =
        (feature, weight) -> {
          long hash = hash(feature);
          int index = (int) Long.remainderUnsigned(hash, DIMENSION);
          vector[index] += hash < 0 ? -weight : weight;
        };
    words.forEach((word, count) -> add.accept("w" + word, damped(count)));
    grams.forEach((gram, count) -> add.accept("g" + gram, GRAM_WEIGHT * damped(count)));
    return Vectors.normalize(vector);
  }

  private Map<String, Integer> words(String text) {
    Map<String, Integer> words = new HashMap<>();
    try (TokenStream tokens = analyzer.tokenStream("text", new StringReader(text))) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.merge(term.toString(), 1, Integer::sum);
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return words;
  }

  private static void grams(String word, Consumer<String> sink) {
    String padded = "^" + word + "$";
    for (int i = 0; i + GRAM <= padded.length(); i++) {
      sink.accept(padded.substring(i, i + GRAM));
    }
  }

  private static float damped(float count) {
    return (float) (1 + Math.log(count));
  }

  /// FNV-1a over the UTF-16 units, then mixed: FNV alone leaves the high bits, which decide the
  /// sign, to the last letters.
  private static long hash(String feature) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < feature.length(); i++) {
      hash = (hash ^ feature.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return hash ^ (hash >>> 33);
  }

  /// Runs of letters and digits, cut every six characters, and single signs: near what subword
  /// tokenizers yield.
  @Override
  public int countTokens(String text) {
    int tokens = 0;
    int run = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean inWord = Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
      run = inWord ? run + 1 : 0;
      boolean counts = inWord ? run % 6 == 1 : !Character.isWhitespace(c);
      tokens += counts ? 1 : 0;
    }
    return tokens;
  }
}
