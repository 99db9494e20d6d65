package io.sluice.testing.run.model;

import io.sluice.testing.model.Cell;
import io.sluice.testing.model.Selection.Choice;
import io.sluice.testing.run.model.Chosen.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which executions a run has.
public final class Cells {
  private Cells() {}

  /// One execution.
  ///
  /// @param row from 1; 0: the case has no data
  /// @param skip why it is not tried; null: it is
  public record One(
      Choice choice,
      String language,
      int row,
      Map<String, @Nullable Object> data,
      @Nullable String skip) {}

  /// All cells of cases, in their order. Languages in which a case says nothing have one that is
  /// skipped.
  ///
  /// @param only null: all
  public static List<One> of(
      List<Choice> choices, List<String> languages, @Nullable List<Place> only) {
    var out = new ArrayList<One>();
    for (var choice : choices) {
      var plan = Cell.plan(choice, languages);
      for (var cell : plan.cells()) {
        int row = cell.row() == null ? 0 : cell.row() + 1;
        out.add(new One(choice, cell.language(), row, cell.data(), choice.skipped()));
      }
      for (var language : plan.missing()) {
        out.add(new One(choice, language, 0, Map.of(), "the case has no " + language));
      }
    }
    return only == null ? out : out.stream().filter(one -> only.contains(place(one))).toList();
  }

  private static Place place(One one) {
    return new Place(one.choice().pinned().id(), one.language(), one.row());
  }
}
