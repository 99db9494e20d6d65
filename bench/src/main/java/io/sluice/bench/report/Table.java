package io.sluice.bench.report;

import io.sluice.bench.measure.Measurement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The one table of a run: Markdown, padded so that it reads well on a terminal too.
public final class Table {
  private static final List<String> HEAD =
      List.of("workload", "subject", "value", "unit", "min – max", "ratio to floor");
  private static final List<Boolean> RIGHT = List.of(false, false, true, false, true, true);

  private Table() {}

  public static String of(Results results) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    for (var group : results.byWorkload().values()) {
      for (var measurement : group) {
        rows.add(row(results, measurement, measurement == group.getFirst()));
      }
    }
    return text(rows);
  }

  private static List<String> row(Results results, Measurement measurement, boolean first) {
    var ratio = results.ratioToFloor(measurement);
    return List.of(
        first ? measurement.workload() : "",
        measurement.subject(),
        Numbers.text(measurement.value()) + (measurement.disturbed() ? " †" : ""),
        measurement.unit(),
        measurement.rounds() == 1
            ? ""
            : Numbers.text(measurement.min()) + " – " + Numbers.text(measurement.max()),
        ratio.isPresent() ? Numbers.text(ratio.getAsDouble()) + "×" : "");
  }

  private static String text(List<List<String>> rows) {
    var widths = new ArrayList<>(Collections.nCopies(HEAD.size(), 0));
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths.set(column, Math.max(widths.get(column), row.get(column).length()));
      }
    }
    var text = new StringBuilder();
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        text.append("| ").append(padded(row.get(column), widths.get(column), RIGHT.get(column)));
        text.append(' ');
      }
      text.append("|\n");
      if (row.equals(HEAD)) {
        text.append(rule(widths));
      }
    }
    return text.toString();
  }

  private static String rule(List<Integer> widths) {
    var rule = new StringBuilder();
    for (int column = 0; column < widths.size(); column++) {
      rule.append('|').append("-".repeat(widths.get(column) + 1));
      rule.append(RIGHT.get(column) ? ':' : '-');
    }
    return rule.append("|\n").toString();
  }

  private static String padded(String cell, int width, boolean right) {
    var padding = " ".repeat(width - cell.length());
    return right ? padding + cell : cell + padding;
  }
}
