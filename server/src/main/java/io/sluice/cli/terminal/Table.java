package io.sluice.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings. On a terminal the last column is cut where the line ends; elsewhere nothing
/// is cut.
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /// A table with these columns.
  public Table(String... headings) {
    this(Arrays.asList(headings));
  }

  /// A table with these columns.
  public Table(List<String> headings) {
    this.headings = headings.stream().map(Texts::harmless).toList();
  }

  /// Adds a row, a cell for each column.
  public void row(String... cells) {
    row(Arrays.asList(cells));
  }

  /// Adds a row, a cell for each column.
  public void row(List<String> cells) {
    rows.add(cells.stream().map(Texts::harmless).toList());
  }

  /// Whether it has no rows.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Writes it to stdout.
  public void print(Terminal terminal) {
    var widths = widths();
    terminal.print(terminal.paint(Ink.BOLD, line(headings, widths, terminal.columns())));
    for (var row : rows) {
      terminal.print(line(row, widths, terminal.columns()));
    }
  }

  private int[] widths() {
    var widths = new int[headings.size()];
    measure(headings, widths);
    rows.forEach(row -> measure(row, widths));
    return widths;
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      var cell = cells.get(i);
      widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
    }
  }

  private static String line(List<String> cells, int[] widths, int columns) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : GAP).append(Texts.pad(cells.get(i), widths[i]));
    }
    var text = line.toString().stripTrailing();
    return columns > 0 ? Texts.fit(text, columns - 1) : text;
  }
}
