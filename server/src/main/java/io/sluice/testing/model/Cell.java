package io.sluice.testing.model;

import io.sluice.testing.model.Selection.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one execution tries: a case in a language with a data row.
///
/// @param row its number, from 0; null: the case has none
/// @param data what is in the row; empty if there is none
public record Cell(String language, @Nullable Integer row, Map<String, @Nullable Object> data) {

  /// The cells of a case, and languages that were wanted and in which it says nothing.
  public record Plan(List<Cell> cells, List<String> missing) {}

  /// The cells of a case. One that names no language is tried once, in the first language.
  ///
  /// @param languages those of the run; never empty
  public static Plan plan(Choice choice, List<String> languages) {
    var known = choice.testCase().languages();
    var only = choice.overrides().languages();
    var wanted = languages.stream().filter(l -> only == null || only.contains(l)).toList();
    var cells = new ArrayList<Cell>();
    if (known.isEmpty()) {
      rows(choice, wanted.isEmpty() ? languages.getFirst() : wanted.getFirst(), cells);
      return new Plan(cells, List.of());
    }
    wanted.stream().filter(known::containsKey).forEach(l -> rows(choice, l, cells));
    return new Plan(cells, wanted.stream().filter(l -> !known.containsKey(l)).toList());
  }

  private static void rows(Choice choice, String language, List<Cell> cells) {
    var own = choice.testCase().in(language).rows();
    var override = choice.overrides().rows();
    var rows = override != null ? override : own != null ? own : choice.testCase().rows();
    if (rows.isEmpty()) {
      cells.add(new Cell(language, null, Map.of()));
    }
    for (int i = 0; i < rows.size(); i++) {
      cells.add(new Cell(language, i, rows.get(i)));
    }
  }
}
