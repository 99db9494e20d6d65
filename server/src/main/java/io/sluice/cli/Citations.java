package io.sluice.cli;

import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Places that a search found: the quote, then the document, the place in it, and the score.
record Citations(Terminal terminal) {
  private static final int WIDEST = 100;
  private static final String INDENT = "   ";

  /// Writes one.
  void print(int number, JsonNode hit) {
    int width = terminal.live() ? Math.min(WIDEST, terminal.columns() - 1) : WIDEST;
    var quote = wrapped(marked(hit), width - INDENT.length());
    for (int i = 0; i < quote.size(); i++) {
      terminal.print((i == 0 ? Texts.pad(number + ".", INDENT.length()) : INDENT) + quote.get(i));
    }
    var source =
        Texts.harmless(hit.path("documentName").asString("?"))
            + " › "
            + Texts.harmless(hit.path("place").asString("?"));
    terminal.print(
        INDENT + terminal.paint(Ink.CYAN, source) + terminal.paint(Ink.FAINT, score(hit)));
  }

  private static String score(JsonNode hit) {
    var text = String.format(Locale.ROOT, "  score %.4f", hit.path("score").asDouble(0));
    var ranks = new ArrayList<String>();
    if (hit.path("keywordRank").isNumber()) {
      ranks.add("words #" + hit.path("keywordRank").asInt());
    }
    if (hit.path("vectorRank").isNumber()) {
      ranks.add("meaning #" + hit.path("vectorRank").asInt());
    }
    return ranks.isEmpty() ? text : text + " (" + String.join(", ", ranks) + ")";
  }

  /// The snippet in words, those that were searched for in bold. A highlight is taken to cover
  /// whole words.
  private List<Word> marked(JsonNode hit) {
    var snippet = hit.path("snippet").asString(hit.path("text").asString(""));
    var words = new ArrayList<Word>();
    int at = bodyOf(snippet);
    while (at < snippet.length()) {
      int end = at;
      while (end < snippet.length() && !Character.isWhitespace(snippet.charAt(end))) {
        end++;
      }
      if (end > at) {
        words.add(
            new Word(
                Texts.harmless(snippet.substring(at, end)),
                highlighted(hit.path("highlights"), at, end)));
      }
      at = end + 1;
    }
    return quoted(words, hit.path("text").asString(snippet), snippet);
  }

  /// In quotation marks, with dots where the chunk goes on.
  private static List<Word> quoted(List<Word> words, String chunk, String snippet) {
    if (words.isEmpty()) {
      return words;
    }
    int at = chunk.indexOf(snippet);
    boolean cutAfter = at >= 0 && !chunk.substring(at + snippet.length()).isBlank();
    words.set(0, words.getFirst().with(at > 0 ? "“… " : "“", ""));
    words.set(words.size() - 1, words.getLast().with("", cutAfter ? " …”" : "”"));
    return words;
  }

  /// Where the text begins after headings, which the place names already.
  private static int bodyOf(String snippet) {
    int at = 0;
    while (at < snippet.length() && snippet.charAt(at) == '#') {
      int end = snippet.indexOf('\n', at);
      if (end < 0) {
        return 0;
      }
      at = end + 1;
      while (at < snippet.length() && Character.isWhitespace(snippet.charAt(at))) {
        at++;
      }
    }
    return at < snippet.length() ? at : 0;
  }

  private static boolean highlighted(JsonNode highlights, int start, int end) {
    for (var range : highlights) {
      if (range.path(0).asInt(0) < end && range.path(1).asInt(0) > start) {
        return true;
      }
    }
    return false;
  }

  private record Word(String text, boolean bold) {
    Word with(String before, String after) {
      return new Word(before + text + after, bold);
    }
  }

  private List<String> wrapped(List<Word> words, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    int used = 0;
    for (var word : words) {
      int length = word.text().codePointCount(0, word.text().length());
      if (used > 0 && used + 1 + length > width) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      line.append(used == 0 ? "" : " ")
          .append(word.bold() ? terminal.paint(Ink.BOLD, word.text()) : word.text());
      used += length + (used == 0 ? 0 : 1);
    }
    lines.add(line.toString());
    return lines;
  }
}
