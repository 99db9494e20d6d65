package io.sluice.providers.parsing;

import java.util.List;

/// Writes the rows of one table. The first row that is not blank becomes its header.
final class MarkdownTable {

  private boolean headed;

  /// The line of one row, two lines for the first; empty for a blank row.
  String row(List<String> cells) {
    int width = cells.size();
    while (width > 0 && cells.get(width - 1).isBlank()) {
      width--;
    }
    if (width == 0) {
      return "";
    }
    var line = new StringBuilder("|");
    for (String cell : cells.subList(0, headed ? width : cells.size())) {
      line.append(' ')
          .append(cell.replaceAll("\\s+", " ").strip().replace("|", "\\|"))
          .append(" |");
    }
    if (!headed) {
      headed = true;
      line.append("\n|").append(" --- |".repeat(cells.size()));
    }
    return line.toString();
  }
}
