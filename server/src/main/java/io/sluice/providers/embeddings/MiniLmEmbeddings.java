package io.sluice.providers.embeddings;

import io.sluice.providers.EmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// all-MiniLM-L6-v2, quantised to eight bits, in this process.
///
/// Tokenizer and model are loaded by the first call that needs them, so that a server that embeds
/// nothing starts without.
///
/// The texts of a list run side by side, one text a run, and never in one padded batch: this
/// quantisation takes its scale from everything in a run, so that a batch would make each vector
/// depend on its neighbours (cosine 0.988 measured between the same text in a batch of 16 and
/// alone).
///
/// A text longer than [#maxTokens] is embedded in windows, whose vectors are averaged by their
/// lengths. Nothing is cut off, but the finer points blur: chunkers should stay below.
public final class MiniLmEmbeddings implements EmbeddingModel, AutoCloseable {

  /// What the model was trained on, less the two tokens that frame every text.
  private static final int MAX_TOKENS = 254;

  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private final ReentrantLock loading = new ReentrantLock();
  private final SideBySide runs;
  private volatile @Nullable WordPiece tokenizer;
  private volatile @Nullable OnnxEncoder encoder;
  private boolean closed;

  /// @param threads the most texts that run at the same time, over all callers
  public MiniLmEmbeddings(int threads) {
    this.runs = new SideBySide(threads, "embedding");
  }

  public static MiniLmEmbeddings onAllCores() {
    return new MiniLmEmbeddings(Runtime.getRuntime().availableProcessors());
  }

  @Override
  public String name() {
    return "all-MiniLM-L6-v2-q";
  }

  /// Rises when anything changes the vectors: the model file, the tokenizer, the pooling.
  @Override
  public String version() {
    return "1";
  }

  @Override
  public int dimension() {
    return OnnxEncoder.DIMENSION;
  }

  @Override
  public int maxTokens() {
    return MAX_TOKENS;
  }

  @Override
  public int countTokens(String text) {
    return tokenizer().tokenize(text).length;
  }

  /// One window of one text; `ids` are framed.
  private record Window(int text, long[] ids) {}

  @Override
  public List<float[]> embed(List<String> texts) {
    Vectors.requireMeaning(texts);
    List<Window> windows = windows(texts);
    // The longest first, so that no thread is left alone with a long one in the end.
    windows.sort(Comparator.comparingInt((Window window) -> window.ids().length).reversed());
    OnnxEncoder loaded = encoder();
    float[][] vectors = new float[windows.size()][];
    runs.forEach(windows.size(), i -> vectors[i] = loaded.encode(windows.get(i).ids()));
    return average(texts.size(), windows, vectors);
  }

  private List<Window> windows(List<String> texts) {
    WordPiece words = tokenizer();
    List<Window> windows = new ArrayList<>(texts.size());
    for (int text = 0; text < texts.size(); text++) {
      int[] ids = words.tokenize(texts.get(text));
      // Even windows, and one for a text of nothing but characters that the tokenizer drops.
      int count = Math.max(1, Math.ceilDiv(ids.length, MAX_TOKENS));
      for (int i = 0; i < count; i++) {
        int start = (int) ((long) ids.length * i / count);
        int end = (int) ((long) ids.length * (i + 1) / count);
        windows.add(new Window(text, words.framed(Arrays.copyOfRange(ids, start, end))));
      }
    }
    return windows;
  }

  private static List<float[]> average(int texts, List<Window> windows, float[][] vectors) {
    float[][] sums = new float[texts][OnnxEncoder.DIMENSION];
    for (int i = 0; i < vectors.length; i++) {
      float[] sum = sums[windows.get(i).text()];
      int weight = windows.get(i).ids().length;
      for (int d = 0; d < sum.length; d++) {
        sum[d] += weight * vectors[i][d];
      }
    }
    return Arrays.stream(sums).map(Vectors::normalize).toList();
  }

  private OnnxEncoder encoder() {
    OnnxEncoder loaded = encoder;
    if (loaded != null) {
      return loaded;
    }
    loading.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the embedding model is closed");
      }
      loaded = encoder == null ? new OnnxEncoder() : encoder;
      encoder = loaded;
      return loaded;
    } finally {
      loading.unlock();
    }
  }

  private WordPiece tokenizer() {
    WordPiece loaded = tokenizer;
    if (loaded != null) {
      return loaded;
    }
    loading.lock();
    try (InputStream json = MiniLmEmbeddings.class.getResourceAsStream(TOKENIZER)) {
      if (json == null) {
        throw new IllegalStateException("the embedding model's tokenizer is not on the class path");
      }
      loaded = WordPiece.read(json);
      tokenizer = loaded;
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException("the embedding model's tokenizer cannot be read", e);
    } finally {
      loading.unlock();
    }
  }

  /// Waits for the texts that are running; later calls are refused.
  @Override
  public void close() {
    runs.close();
    loading.lock();
    try {
      closed = true;
      OnnxEncoder loaded = encoder;
      encoder = null;
      if (loaded != null) {
        loaded.close();
      }
    } finally {
      loading.unlock();
    }
  }
}
