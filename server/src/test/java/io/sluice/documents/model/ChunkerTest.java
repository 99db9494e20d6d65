package io.sluice.documents.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.PageSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkerTest {

  private static final TokenCounter WORDS =
      text -> text.isBlank() ? 0 : text.strip().split("\\s+").length;

  private static List<Chunk> chunk(String text, ChunkSettings settings) {
    return new Chunker(settings, WORDS).chunk(new ChunkSource(text, List.of(), "Manual"));
  }

  private static ChunkSettings settings(int max, int overlap, int min) {
    return new ChunkSettings(max, overlap, min, 20);
  }

  @Test
  void keepsHeadingWithItsTextAndCutsAtHeadings() {
    List<Chunk> chunks =
        chunk("# A\n\n## B\n\nOne two three.\n\n## C\n\nFour five six.\n", settings(16, 0, 2));
    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("# A\n\n## B\n\nOne two three.", "## C\n\nFour five six.");
    assertThat(chunks.get(0).headings()).containsExactly("A", "B");
    assertThat(chunks.get(1).headings()).containsExactly("A", "C");
    assertThat(chunks.get(1).context()).isEqualTo("Manual > A > C");
    assertThat(chunks.get(1).embedded()).isEqualTo("Manual > A > C\n\n## C\n\nFour five six.");
  }

  @Test
  void mergesSmallSiblingsUnderTheirParent() {
    List<Chunk> chunks =
        chunk("# A\n\n## B\n\nOne.\n\n## C\n\nTwo.\n\n# D\n\nThree.", settings(30, 0, 8));
    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("# A\n\n## B\n\nOne.\n\n## C\n\nTwo.", "# D\n\nThree.");
    assertThat(chunks.getFirst().headings()).containsExactly("A");
  }

  @Test
  void repeatsLastSentenceInsideSection() {
    String text =
        "First one is here now. Second sentence with six words. Third one also has six words. Fourth is last of all here.";
    List<Chunk> chunks = chunk(text, settings(17, 7, 1));
    assertThat(chunks.size()).isGreaterThan(1);
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).start()).isLessThan(chunks.get(i - 1).end());
      assertThat(chunks.get(i).text()).matches("(First|Second|Third|Fourth).*");
    }
  }

  @Test
  void cutsTableBetweenRowsAndNamesItsColumns() {
    var table = new StringBuilder("# T\n\n| part | number |\n| --- | --- |");
    for (int i = 0; i < 20; i++) {
      table.append("\n| valve ").append(i).append(" | ").append(i * 7).append(" |");
    }
    List<Chunk> chunks = chunk(table.toString(), settings(40, 0, 1));
    assertThat(chunks.size()).isGreaterThan(2);
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.text()).endsWith("|"));
    assertThat(chunks.get(1).text()).startsWith("| valve");
    assertThat(chunks.get(1).context()).isEqualTo("Manual > T\n| part | number |");
  }

  @Test
  void keepsFenceWholeWhereItFits() {
    String fence = "```\n# no heading\n\na b c\n```";
    List<Chunk> chunks =
        chunk(
            "One two three four five six seven eight nine ten.\n\n" + fence + "\n\nend",
            settings(16, 0, 1));
    assertThat(chunks).extracting(Chunk::text).anyMatch(text -> text.contains(fence));
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.headings()).isEmpty());
  }

  @Test
  void cutsEndlessWordBetweenCodePoints() {
    String text = "😀".repeat(3000);
    List<Chunk> chunks =
        new Chunker(settings(16, 0, 1), t -> t.codePointCount(0, t.length()))
            .chunk(new ChunkSource(text, List.of(), null));
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.text()).matches("(😀){1,16}"));
    assertThat(String.join("", chunks.stream().map(Chunk::text).toList())).isEqualTo(text);
  }

  @Test
  void tellsPagesFromOffsets() {
    String text = "Page one here.\n\nPage two here.\n\nPage four here.";
    var pages = List.of(new PageSpan(1, 0, 14), new PageSpan(2, 16, 30), new PageSpan(4, 32, 47));
    List<Chunk> whole =
        new Chunker(settings(200, 0, 1), WORDS).chunk(new ChunkSource(text, pages, null));
    assertThat(whole)
        .singleElement()
        .satisfies(c -> assertThat(List.of(c.firstPage(), c.lastPage())).containsExactly(1, 4));
    assertThat(chunk(text, settings(200, 0, 1)).getFirst().firstPage()).isNull();
  }

  @Test
  void hashesWhatIsEmbedded() {
    Chunk a = chunk("Same text.", settings(16, 0, 1)).getFirst();
    Chunk b =
        new Chunker(settings(16, 0, 1), WORDS)
            .chunk(new ChunkSource("Same text.", List.of(), "Other"))
            .getFirst();
    assertThat(a.chunkSha()).hasSize(64).isNotEqualTo(b.chunkSha());
    assertThat(chunk("\n\n  Same text.", settings(16, 0, 1)).getFirst().text())
        .isEqualTo("  Same text.");
  }

  @Test
  void givesNothingForNothing() {
    assertThat(chunk("", settings(16, 0, 1))).isEmpty();
    assertThat(chunk(" \n\n\t\n", settings(16, 0, 1))).isEmpty();
  }
}
