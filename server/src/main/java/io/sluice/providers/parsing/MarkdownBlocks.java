package io.sluice.providers.parsing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes blocks of Markdown one after the other, with the blank lines between them.
final class MarkdownBlocks {

  private enum Kind {
    OTHER,
    ITEM,
    ROW
  }

  private static final Pattern SPACE = Pattern.compile("[\\s\\u00A0]+");

  /// What would read as a heading or a fence at the start of a line, and was not one.
  private static final Pattern ACCIDENTAL_MARK = Pattern.compile("(?m)^(#{1,6} |```|~~~)");

  private final CanonicalText out;
  private Kind last = Kind.OTHER;
  private @Nullable String firstHeading;

  MarkdownBlocks(CanonicalText out) {
    this.out = out;
  }

  void paragraph(String raw) {
    String text = ACCIDENTAL_MARK.matcher(tidy(raw)).replaceAll("\\\\$1");
    if (!text.isEmpty()) {
      write(Kind.OTHER, text);
    }
  }

  void heading(int level, String raw) {
    String text = SPACE.matcher(raw).replaceAll(" ").strip();
    if (!text.isEmpty()) {
      write(Kind.OTHER, "#".repeat(level) + " " + text);
      firstHeading = firstHeading == null ? text : firstHeading;
    }
  }

  void item(String indent, String marker, String raw) {
    String text = tidy(raw).replace("\n", "\n" + indent + " ".repeat(marker.length()));
    if (!text.isEmpty()) {
      write(Kind.ITEM, indent + marker + text);
    }
  }

  /// `line` as [MarkdownTable] made it; rows that follow each other form one table.
  void row(String line) {
    if (!line.isEmpty()) {
      boolean header = line.indexOf('\n') >= 0;
      last = header ? Kind.OTHER : last;
      write(Kind.ROW, line);
    }
  }

  /// The next item or row begins a list or table of its own.
  void separate() {
    last = Kind.OTHER;
  }

  void fence(String raw) {
    if (!raw.isBlank()) {
      String mark = raw.contains("```") ? "~~~~" : "```";
      write(Kind.OTHER, mark + "\n" + raw.stripTrailing() + "\n" + mark);
    }
  }

  /// Where the next block will begin.
  int nextOffset() {
    return out.length() == 0 ? 0 : out.length() + 2;
  }

  int length() {
    return out.length();
  }

  boolean blank() {
    return out.isBlank();
  }

  @Nullable String firstHeading() {
    return firstHeading;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void write(Kind kind, String block) {
    if (out.length() > 0) {
      out.append(kind == last && kind != Kind.OTHER ? "\n" : "\n\n");
    }
    out.append(block);
    last = kind;
  }

  /// White space as a reader sees it: one blank between words, one line feed where the source broke
  /// the line.
  private static String tidy(String raw) {
    return SPACE
        .matcher(raw)
        .replaceAll(space -> space.group().indexOf('\n') >= 0 ? "\n" : " ")
        .strip();
  }
}
