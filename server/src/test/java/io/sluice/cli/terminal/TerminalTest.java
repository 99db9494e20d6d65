package io.sluice.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.terminal.Board.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private String written() {
    var text = bytes.toString(UTF_8);
    bytes.reset();
    return text;
  }

  private static Row row(String key, String text, boolean ended) {
    return new Row(key, text, text, ended);
  }

  @Test
  void boardRedrawsInPlaceAndLetsWhatHasEndedStay() {
    var board = new Board(out, true);
    board.show(List.of(row("a", "a 1", false), row("b", "b 1", false)));
    assertThat(written()).isEqualTo("a 1\u001b[K\nb 1\u001b[K\n");
    board.show(List.of(row("a", "a done", true), row("b", "b 2", false)));
    assertThat(written()).isEqualTo("\u001b[2A\r\u001b[Ja done\u001b[K\nb 2\u001b[K\n");
    board.show(List.of(row("a", "a done", true), row("b", "b 2", false)));
    board.show(List.of(row("a", "a done", true), row("b", "b 2", false)));
    assertThat(written()).isEqualTo("\u001b[1A\r\u001b[Jb 2\u001b[K\n");
    board.show(List.of());
    assertThat(written()).isEqualTo("\u001b[1A\r\u001b[J");
  }

  @Test
  void boardWritesALineForEachChangeWhereNothingCanBeRedrawn() {
    var board = new Board(out, false);
    board.show(List.of(row("a", "a 1", false)));
    board.show(List.of(row("a", "a 1", false)));
    board.show(List.of(row("a", "a 2", true)));
    assertThat(written()).isEqualToNormalizingNewlines("a 1\na 2\n");
  }

  @Test
  void boardNamesHowManyItDoesNotDraw() {
    var rows = new java.util.ArrayList<Row>();
    for (int i = 0; i < 15; i++) {
      rows.add(row("k" + i, "line " + i, false));
    }
    new Board(out, true).show(rows);
    assertThat(written()).contains("line 11").doesNotContain("line 12").contains("and 3 more");
  }

  @Test
  void barFillsInEighths() {
    assertThat(Bar.of(0, 4)).isEqualTo("····");
    assertThat(Bar.of(0.5, 4)).isEqualTo("██··");
    assertThat(Bar.of(0.53125, 4)).isEqualTo("██▏·");
    assertThat(Bar.of(7, 4)).isEqualTo("████");
  }

  @Test
  void noColourIsRespected() {
    assertThat(Terminal.of(out, out, 80, Map.of()).colour()).isTrue();
    assertThat(Terminal.of(out, out, 80, Map.of("NO_COLOR", "")).colour()).isTrue();
    assertThat(Terminal.of(out, out, 80, Map.of("NO_COLOR", "1")).colour()).isFalse();
    assertThat(Terminal.of(out, out, 80, Map.of("NO_COLOR", "1")).live()).isTrue();
    assertThat(Terminal.of(out, out, 80, Map.of("TERM", "dumb")).live()).isFalse();
    assertThat(Terminal.of(out, out, 0, Map.of()).colour()).isFalse();
  }

  @Test
  void tableIsCutOnATerminalOnly() {
    var table = new Table("A", "LONG");
    table.row("1", "x".repeat(40));
    table.print(new Terminal(out, out, 20, false));
    assertThat(written().lines())
        .allMatch(line -> line.length() <= 19)
        .anyMatch(line -> line.endsWith("…"));
    table.print(new Terminal(out, out, 0, false));
    assertThat(written()).contains("x".repeat(40));
  }

  @Test
  void textsReadWell() {
    assertThat(Texts.bytes(13)).isEqualTo("13 B");
    assertThat(Texts.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Texts.bytes(20L << 20)).isEqualTo("20 MiB");
    assertThat(Texts.bytes(Long.MAX_VALUE)).endsWith("TiB");
    assertThat(Texts.span(Duration.ofMillis(420))).isEqualTo("0.4 s");
    assertThat(Texts.span(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(Texts.time("2026-11-23T20:16:40.5Z")).isEqualTo("2026-11-23 20:16:40.500Z");
    assertThat(Texts.time("2026-11-23T20:16:40Z")).isEqualTo("2026-11-23 20:16:40.000Z");
    assertThat(Texts.time("–")).isEqualTo("–");
    assertThat(Texts.fit("äöü😀x", 4)).isEqualTo("äöü…");
    assertThat(Texts.harmless("a\u001b[31m\u202eb\nc")).isEqualTo("a·[31m·b c");
  }
}
