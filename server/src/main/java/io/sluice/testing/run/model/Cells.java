package io.sluice.testing.run.model;

import io.sluice.testing.run.PinnedCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which executions a case has in a run.
public final class Cells {
  private Cells() {}

  /// One execution.
  ///
  /// @param row from 1; 0: the case has no data
  /// @param skip why it is not tried; null: it is
  public record Cell(
      String language,
      int row,
      @Nullable Map<String, @Nullable Object> data,
      @Nullable String skip) {}

  /// A cell by its place.
  public record Place(String language, int row) {}

  /// One for each language and row.
  ///
  /// @param skip why the whole case is left out; null: it is not
  public static List<Cell> of(PinnedCase test, List<String> languages, @Nullable String skip) {
    var out = new ArrayList<Cell>();
    for (var language : languages) {
      var why = skip != null ? skip : unspoken(test, language);
      if (test.rows().isEmpty()) {
        out.add(new Cell(language, 0, null, why));
      }
      for (int i = 0; i < test.rows().size(); i++) {
        out.add(new Cell(language, i + 1, test.rows().get(i), why));
      }
    }
    return out;
  }

  private static @Nullable String unspoken(PinnedCase test, String language) {
    return test.spoken().isEmpty() || test.spoken().containsKey(language)
        ? null
        : "the case has no " + language;
  }
}
