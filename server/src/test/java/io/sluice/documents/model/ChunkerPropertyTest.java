package io.sluice.documents.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.PageSpan;
import io.sluice.providers.embeddings.HashingEmbeddings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The chunker's promises on random documents. A failure names its seed: put it into [#replay].
class ChunkerPropertyTest {

  private static final String[] WORDS = {
    "pump",
    "Ventil",
    "a",
    "1.5",
    "e.g.",
    "水泵",
    "😀",
    "can't",
    "x".repeat(300),
    "end.",
    "Why?",
    "\u00A0",
    "#tag",
    "|",
    "é"
  };

  private final TokenCounter counter = new HashingEmbeddings()::countTokens;

  @Test
  void holdsOnRandomDocuments() {
    long base = System.nanoTime();
    for (int i = 0; i < 400; i++) {
      check(base + i);
    }
  }

  @Test
  void replay() {
    check(42);
  }

  private void check(long seed) {
    var random = new Random(seed);
    String text = document(random);
    int max = 16 + random.nextInt(150);
    var settings =
        new ChunkSettings(max, random.nextInt(max / 2), random.nextInt(max), random.nextInt(40));
    List<PageSpan> pages = pages(random, text.length());
    try {
      List<Chunk> chunks =
          new Chunker(settings, counter).chunk(new ChunkSource(text, pages, "Title"));
      promises(text, settings, pages, chunks);
      assertThat(new Chunker(settings, counter).chunk(new ChunkSource(text, pages, "Title")))
          .isEqualTo(chunks);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", " + settings, e);
    }
  }

  private void promises(
      String text, ChunkSettings settings, List<PageSpan> pages, List<Chunk> chunks) {
    boolean[] covered = new boolean[text.length()];
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      assertThat(chunk.ord()).isEqualTo(i);
      assertThat(chunk.text()).isEqualTo(text.substring(chunk.start(), chunk.end())).isNotBlank();
      assertThat(chunk.tokenCount())
          .isEqualTo(counter.count(chunk.text()))
          .isLessThanOrEqualTo(settings.maxTokens());
      assertThat(counter.count(chunk.context())).isLessThanOrEqualTo(settings.maxContextTokens());
      assertThat(Character.isLowSurrogate(chunk.text().charAt(0))).isFalse();
      if (i > 0) {
        assertThat(chunk.start()).isGreaterThan(chunks.get(i - 1).start());
        assertThat(chunk.end()).isGreaterThan(chunks.get(i - 1).end());
      }
      Arrays.fill(covered, chunk.start(), chunk.end(), true);
      var touched =
          pages.stream()
              .filter(p -> p.startOffset() < chunk.end() && p.endOffset() > chunk.start())
              .toList();
      assertThat(chunk.firstPage()).isEqualTo(touched.isEmpty() ? null : touched.getFirst().page());
      assertThat(chunk.lastPage()).isEqualTo(touched.isEmpty() ? null : touched.getLast().page());
    }
    for (int i = 0; i < covered.length; i++) {
      assertThat(covered[i] || Character.isWhitespace(text.charAt(i)))
          .as("character %d is in a chunk", i)
          .isTrue();
    }
  }

  private static String document(Random random) {
    var text = new StringBuilder();
    for (int blocks = random.nextInt(30); blocks > 0; blocks--) {
      switch (random.nextInt(7)) {
        case 0, 1 ->
            text.append("#".repeat(1 + random.nextInt(6)))
                .append(' ')
                .append(words(random, 1 + random.nextInt(8)));
        case 2 -> rows(random, text, "| ", " |");
        case 3 -> rows(random, text.append("```\n"), "", random.nextInt(4) == 0 ? "" : "\n```");
        case 4 -> rows(random, text, "- ", "");
        default -> text.append(words(random, random.nextInt(200)));
      }
      text.append(random.nextBoolean() ? "\n\n" : "\n");
    }
    return text.toString();
  }

  private static void rows(Random random, StringBuilder text, String before, String after) {
    for (int rows = random.nextInt(12); rows >= 0; rows--) {
      text.append(before).append(words(random, 1 + random.nextInt(20))).append(after).append('\n');
    }
  }

  private static String words(Random random, int count) {
    var words = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      words.add(WORDS[random.nextInt(WORDS.length)]);
    }
    return String.join(random.nextInt(5) == 0 ? "\n" : " ", words);
  }

  private static List<PageSpan> pages(Random random, int length) {
    List<PageSpan> pages = new ArrayList<>();
    int page = 0;
    for (int at = 0; at < length && random.nextInt(10) > 0; ) {
      int end = Math.min(length, at + 1 + random.nextInt(400));
      page += 1 + random.nextInt(2);
      pages.add(new PageSpan(page, at, end));
      at = end + random.nextInt(3);
    }
    return pages;
  }
}
