package io.sluice.providers.parsing;

import java.util.ArrayList;
import java.util.List;

/// Separated values as a Markdown table. Text in which no separator is found stays as it is.
final class CsvMarkdown {

  private static final String SEPARATORS = ",;\t|";

  private final String csv;
  private final char separator;
  private int at;

  private CsvMarkdown(String csv, char separator) {
    this.csv = csv;
    this.separator = separator;
  }

  static String table(String csv) {
    String text = csv.strip();
    int firstEnd = text.indexOf('\n');
    char separator = separatorOf(firstEnd < 0 ? text : text.substring(0, firstEnd));
    return separator == 0 ? csv : new CsvMarkdown(text, separator).rows();
  }

  private static char separatorOf(String firstLine) {
    char best = 0;
    long bestCount = 0;
    for (char candidate : SEPARATORS.toCharArray()) {
      long count = firstLine.chars().filter(c -> c == candidate).count();
      if (count > bestCount) {
        best = candidate;
        bestCount = count;
      }
    }
    return best;
  }

  private String rows() {
    var out = new StringBuilder(csv.length() + csv.length() / 4);
    var table = new MarkdownTable();
    while (at < csv.length()) {
      String lines = table.row(row());
      if (!lines.isEmpty()) {
        out.append(out.isEmpty() ? "" : "\n").append(lines);
      }
    }
    return out.toString();
  }

  private List<String> row() {
    var cells = new ArrayList<String>();
    boolean more = true;
    while (more) {
      cells.add(cell());
      more = at < csv.length() && csv.charAt(at) == separator;
      at++;
    }
    return cells;
  }

  /// Leaves `at` on the separator or line feed that ends the cell, or at the end.
  private String cell() {
    var cell = new StringBuilder();
    boolean quoted = false;
    for (; at < csv.length(); at++) {
      char c = csv.charAt(at);
      if (c == '"' && quoted && at + 1 < csv.length() && csv.charAt(at + 1) == '"') {
        cell.append('"');
        at++;
      } else if (c == '"' && (quoted || cell.isEmpty())) {
        quoted = !quoted;
      } else if (!quoted && (c == separator || c == '\n')) {
        break;
      } else {
        cell.append(c);
      }
    }
    return cell.toString();
  }
}
