package io.sluice.providers.parsing;

import io.sluice.providers.PageSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// Writes the XHTML that Tika makes of any document as canonical Markdown: headings, lists, tables
/// and preformatted text keep their form, emphasis and links keep their words only. Notes which
/// page gave which part.
final class MarkdownHandler extends DefaultHandler {

  /// Text of this length without a new page still is a sign of life.
  private static final int PULSE_CHARS = 32 * 1024;

  private static final int MAX_LIST_DEPTH = 12;

  private final MarkdownBlocks blocks;
  private final StringBuilder inline = new StringBuilder();
  private final Deque<ListLevel> lists = new ArrayDeque<>();
  private final Deque<Boolean> divisionsArePages = new ArrayDeque<>();
  private final List<PageSpan> pages = new ArrayList<>();
  private final List<Integer> emptyPages = new ArrayList<>();
  private final List<String> cells = new ArrayList<>();
  private final IntConsumer progress;
  private final int maxChars;

  private boolean inBody;
  private int skipped;
  private int tableDepth;
  private boolean preformatted;
  private int page;
  private int pageStart = -1;
  private int parts;
  private int unreported;
  private @Nullable MarkdownTable table;

  private static final class ListLevel {
    final boolean ordered;
    int items;
    boolean itemOpen;

    ListLevel(boolean ordered) {
      this.ordered = ordered;
    }
  }

  MarkdownHandler(int maxChars, IntConsumer progress) {
    this.maxChars = maxChars;
    this.progress = progress;
    this.blocks = new MarkdownBlocks(new CanonicalText(maxChars));
  }

  String text() {
    return blocks.toString();
  }

  boolean blank() {
    return blocks.blank();
  }

  List<PageSpan> pages() {
    return pages;
  }

  /// Pages, from 1, that gave no text while others did.
  List<Integer> emptyPages() {
    return emptyPages;
  }

  @Nullable String firstHeading() {
    return blocks.firstHeading();
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes) {
    switch (local) {
      case "body" -> inBody = true;
      case "script", "style" -> skipped++;
      case "div" -> startDivision(String.valueOf(attributes.getValue("class")));
      case "p", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote", "dt", "dd" -> flush();
      case "ul", "ol" -> {
        flush();
        if (lists.isEmpty()) {
          blocks.separate();
        }
        lists.push(new ListLevel(local.equals("ol")));
      }
      case "li" -> startItem();
      case "pre" -> {
        flush();
        preformatted = true;
      }
      case "table" -> startTable();
      case "tr" -> startRow();
      case "td", "th" -> startCell();
      case "br" -> inline.append('\n');
      default -> {}
    }
  }

  @Override
  public void endElement(String uri, String local, String qualified) {
    switch (local) {
      case "body" -> flush();
      case "script", "style" -> skipped--;
      case "div" -> endDivision();
      case "p", "section", "blockquote", "dt", "dd" -> flush();
      case "h1", "h2", "h3", "h4", "h5", "h6" -> endHeading(local.charAt(1) - '0');
      case "ul", "ol" -> {
        flush();
        lists.poll();
      }
      case "li" -> flush();
      case "pre" -> {
        flush();
        preformatted = false;
      }
      case "table" -> tableDepth = Math.max(0, tableDepth - 1);
      case "tr" -> endRow();
      case "td", "th" -> endCell();
      default -> {}
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (!inBody || skipped > 0) {
      return;
    }
    inline.append(chars, start, length);
    unreported += length;
    if (unreported > PULSE_CHARS) {
      unreported = 0;
      progress.accept(parts);
    }
    // One block that never ends must not escape the limit.
    if (inline.length() > maxChars) {
      throw new CanonicalText.LimitReached(maxChars);
    }
  }

  @Override
  public void ignorableWhitespace(char[] chars, int start, int length) {
    characters(chars, start, length);
  }

  private void startDivision(String kind) {
    flush();
    boolean isPage = kind.equals("page") || kind.equals("slide-content");
    divisionsArePages.push(isPage);
    if (isPage) {
      page++;
      pageStart = blocks.nextOffset();
    }
    if (isPage || kind.equals("package-entry")) {
      parts++;
      progress.accept(parts);
    }
  }

  private void endDivision() {
    flush();
    if (!divisionsArePages.isEmpty() && divisionsArePages.pop() && pageStart >= 0) {
      if (blocks.length() > pageStart) {
        pages.add(new PageSpan(page, pageStart, blocks.length()));
      } else {
        emptyPages.add(page);
      }
      pageStart = -1;
    }
  }

  private void startItem() {
    flush();
    ListLevel level = lists.peek();
    if (level != null) {
      level.items++;
      level.itemOpen = true;
    }
  }

  private void startTable() {
    if (tableDepth++ == 0) {
      flushOutsideTables();
      table = new MarkdownTable();
    }
  }

  private void startRow() {
    if (tableDepth == 1) {
      cells.clear();
    }
  }

  private void startCell() {
    if (tableDepth == 1) {
      inline.setLength(0);
    } else {
      inline.append(' ');
    }
  }

  private void endCell() {
    if (tableDepth == 1) {
      cells.add(inline.toString());
      inline.setLength(0);
    }
  }

  private void endRow() {
    if (tableDepth == 1 && table != null) {
      blocks.row(table.row(cells));
      cells.clear();
      inline.setLength(0);
    }
  }

  private void endHeading(int level) {
    if (tableDepth > 0) {
      inline.append(' ');
      return;
    }
    blocks.heading(level, inline.toString());
    inline.setLength(0);
  }

  /// Ends the block under construction, unless it is part of a table cell.
  private void flush() {
    if (tableDepth > 0) {
      inline.append(' ');
    } else {
      flushOutsideTables();
    }
  }

  private void flushOutsideTables() {
    if (inline.isEmpty()) {
      return;
    }
    String raw = inline.toString();
    inline.setLength(0);
    ListLevel level = lists.peek();
    if (preformatted) {
      blocks.fence(raw);
    } else if (level == null || raw.isBlank()) {
      blocks.paragraph(raw);
    } else {
      blocks.item("  ".repeat(Math.min(lists.size() - 1, MAX_LIST_DEPTH)), marker(level), raw);
    }
  }

  private static String marker(ListLevel level) {
    String bullet = level.ordered ? level.items + ". " : "- ";
    if (!level.itemOpen) {
      return " ".repeat(bullet.length());
    }
    level.itemOpen = false;
    return bullet;
  }
}
