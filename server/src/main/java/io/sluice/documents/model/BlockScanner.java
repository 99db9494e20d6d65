package io.sluice.documents.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the blocks of canonical Markdown: headings, tables, code fences, and paragraphs, which is
/// everything else.
final class BlockScanner {

  private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})[ \\t]+(\\S.*?)[ \\t#]*");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+).*");
  private static final int MAX_HEADING_CHARS = 200;

  private final String text;
  private final List<Piece> blocks = new ArrayList<>();
  private final String[] open = new String[6];
  private List<String> headings = List.of();
  private int section;

  private int blockStart = -1;
  private int blockEnd;
  private Piece.Kind blockKind = Piece.Kind.PROSE;
  private String fence = "";

  private BlockScanner(String text) {
    this.text = text;
  }

  static List<Piece> scan(String text) {
    var scanner = new BlockScanner(text);
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      scanner.line(at, end);
      at = end + 1;
    }
    scanner.endBlock();
    return scanner.blocks;
  }

  private void line(int start, int end) {
    // Nothing that decides about a line stands far into it.
    String line = text.substring(start, Math.min(end, start + 2000));
    if (!fence.isEmpty()) {
      insideFence(line, end);
      return;
    }
    Matcher heading = HEADING.matcher(line);
    Matcher opening = FENCE.matcher(line);
    if (line.isBlank() && text.substring(start, end).isBlank()) {
      endBlock();
    } else if (heading.matches()) {
      heading(start, end, heading.group(1).length(), heading.group(2));
    } else if (opening.matches()) {
      endBlock();
      fence = opening.group(1);
      extend(start, end, Piece.Kind.FENCE);
    } else {
      boolean row = line.stripLeading().startsWith("|");
      extend(start, end, row ? Piece.Kind.TABLE : Piece.Kind.PROSE);
    }
  }

  private void insideFence(String line, int end) {
    if (!line.isBlank()) {
      blockEnd = end;
    }
    String mark = line.strip();
    if (mark.startsWith(fence) && mark.chars().allMatch(c -> c == fence.charAt(0))) {
      fence = "";
      endBlock();
    }
  }

  private void heading(int start, int end, int level, String title) {
    endBlock();
    section++;
    open[level - 1] = title.length() <= MAX_HEADING_CHARS ? title : shorten(title);
    List<String> path = new ArrayList<>();
    for (int i = 0; i < open.length; i++) {
      if (i >= level) {
        open[i] = "";
      } else if (open[i] != null && !open[i].isEmpty()) {
        path.add(open[i]);
      }
    }
    headings = List.copyOf(path);
    extend(start, end, Piece.Kind.HEADING);
    endBlock();
  }

  private static String shorten(String title) {
    int cut = title.offsetByCodePoints(0, title.codePointCount(0, MAX_HEADING_CHARS) - 1);
    return title.substring(0, cut) + "…";
  }

  private void extend(int start, int end, Piece.Kind kind) {
    if (blockStart >= 0 && kind != blockKind) {
      endBlock();
    }
    if (blockStart < 0) {
      blockStart = start;
      blockKind = kind;
    }
    blockEnd = end;
  }

  private void endBlock() {
    if (blockStart >= 0) {
      blocks.add(new Piece(blockStart, blockEnd, blockKind, section, headings, null));
      blockStart = -1;
    }
  }
}
