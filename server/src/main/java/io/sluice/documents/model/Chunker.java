package io.sluice.documents.model;

import io.sluice.providers.PageSpan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts canonical Markdown along its headings, then paragraphs, then sentences. Pure; safe for use
/// by many threads if its counter is.
public final class Chunker {

  public static final String NAME = "markdown-heading";

  /// Rises whenever the same text would give other chunks.
  public static final String VERSION = "1";

  private final ChunkSettings settings;
  private final TokenCounter counter;

  public Chunker(ChunkSettings settings, TokenCounter counter) {
    this.settings = settings;
    this.counter = counter;
  }

  public String chunkerName() {
    return NAME;
  }

  public String chunkerVersion() {
    return VERSION;
  }

  public List<Chunk> chunk(ChunkSource source) {
    var budget = new Budget(source.text(), counter, settings.maxChars());
    // A piece leaves room for the overlap that may come before it.
    var cutter = new BlockCutter(budget, settings.maxTokens() - settings.overlapTokens());
    List<Piece> pieces = new ArrayList<>();
    for (Piece block : BlockScanner.scan(source.text())) {
      pieces.addAll(cutter.cut(block));
    }
    List<Group> groups = new Packer(budget, settings).pack(pieces);
    var overlap = new Overlap(budget, settings);
    var context = new ChunkContext(source.title(), counter, settings.maxContextTokens());
    List<Chunk> chunks = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      int start = i == 0 ? group.start() : overlap.startOf(groups.get(i - 1), group);
      chunks.add(chunk(source, i, start, group, context.of(group)));
    }
    return chunks;
  }

  private Chunk chunk(ChunkSource source, int ord, int start, Group group, String context) {
    String text = source.text().substring(start, group.end());
    return new Chunk(
        ord,
        start,
        group.end(),
        text,
        group.headings(),
        context,
        firstPage(source.pages(), start, group.end()),
        lastPage(source.pages(), start, group.end()),
        counter.count(text),
        sha256(Chunk.embedded(context, text)));
  }

  /// Pages are in order and do not overlap: both searches could be binary, and the first alone is
  /// worth it.
  private static @Nullable Integer firstPage(List<PageSpan> pages, int start, int end) {
    int at = firstEndingAfter(pages, start);
    return at < pages.size() && pages.get(at).startOffset() < end ? pages.get(at).page() : null;
  }

  private static @Nullable Integer lastPage(List<PageSpan> pages, int start, int end) {
    Integer last = null;
    for (int i = firstEndingAfter(pages, start);
        i < pages.size() && pages.get(i).startOffset() < end;
        i++) {
      last = pages.get(i).page();
    }
    return last;
  }

  private static int firstEndingAfter(List<PageSpan> pages, int offset) {
    int low = 0;
    int high = pages.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pages.get(middle).endOffset() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
