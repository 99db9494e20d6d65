package io.sluice.testing.run.model;

import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns.Comparison;
import io.sluice.testing.run.TestRuns.Difference;
import io.sluice.testing.run.TestRuns.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds two runs beside each other, cell by cell.
public final class Comparing {
  private static final Set<String> BAD = Set.of("failed", "error");
  private static final Set<String> GOOD = Set.of("passed", "flaky");

  /// Less is noise.
  private static final double SAME_SCORE = 0.01;

  private Comparing() {}

  /// What a cell came to.
  public record CellResult(
      UUID testCase,
      String name,
      String language,
      int row,
      @Nullable String outcome,
      @Nullable Double confidence,
      UUID execution) {
    private Chosen.Place place() {
      return new Chosen.Place(testCase, language, row);
    }
  }

  /// All differences, in the order of the second run; what it lacks comes last.
  public static Comparison of(
      RunView a, RunView b, List<CellResult> first, List<CellResult> second) {
    Map<Chosen.Place, CellResult> before = new LinkedHashMap<>();
    first.forEach(cell -> before.put(cell.place(), cell));
    var differences = new ArrayList<Difference>();
    long same = 0;
    for (var cell : second) {
      var was = before.remove(cell.place());
      var change = was == null ? "added" : change(was, cell);
      if (change == null) {
        same++;
      } else {
        differences.add(difference(was, cell, change));
      }
    }
    before.values().forEach(gone -> differences.add(difference(gone, null, "removed")));
    return new Comparison(a, b, differences, summary(same, differences));
  }

  private static @Nullable String change(CellResult a, CellResult b) {
    if (!Objects.equals(a.outcome(), b.outcome())) {
      if (b.outcome() != null && BAD.contains(b.outcome()) && !bad(a)) {
        return "newly_failing";
      }
      return bad(a) && b.outcome() != null && GOOD.contains(b.outcome()) ? "fixed" : "flipped";
    }
    if (a.confidence() == null || b.confidence() == null) {
      return null;
    }
    return Math.abs(a.confidence() - b.confidence()) > SAME_SCORE ? "score_changed" : null;
  }

  private static boolean bad(CellResult cell) {
    return cell.outcome() != null && BAD.contains(cell.outcome());
  }

  private static Difference difference(
      @Nullable CellResult a, @Nullable CellResult b, String change) {
    var one = b != null ? b : Objects.requireNonNull(a);
    return new Difference(
        one.testCase(),
        one.name(),
        one.language(),
        one.row(),
        change,
        a == null ? null : a.outcome(),
        b == null ? null : b.outcome(),
        a == null ? null : a.confidence(),
        b == null ? null : b.confidence(),
        a == null ? null : a.execution(),
        b == null ? null : b.execution());
  }

  private static Summary summary(long same, List<Difference> differences) {
    return new Summary(
        same,
        count(differences, "newly_failing"),
        count(differences, "fixed"),
        count(differences, "flipped"),
        count(differences, "score_changed"),
        count(differences, "added"),
        count(differences, "removed"));
  }

  private static long count(List<Difference> differences, String change) {
    return differences.stream().filter(d -> d.change().equals(change)).count();
  }
}
