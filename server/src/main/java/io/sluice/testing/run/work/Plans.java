package io.sluice.testing.run.work;

import io.sluice.engine.TenantId;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.platform.Secrets;
import io.sluice.testing.model.Expansion;
import io.sluice.testing.model.Expected;
import io.sluice.testing.model.Selection;
import io.sluice.testing.model.Settings;
import io.sluice.testing.model.TestLibrary;
import io.sluice.testing.model.TestSuite;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.RunStore;
import io.sluice.validation.Expectation;
import io.sluice.validation.Validator;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts together what an execution is carried out and judged by.
@Component
class Plans {
  /// Versions never change, so that they may be kept; so many of them.
  private static final int KEPT = 512;

  private final ExecutionStore executions;
  private final RunStore runs;
  private final TestLibrary library;
  private final Secrets secrets;
  private final ConcurrentMap<Selection.Pins, Selection> kept = new ConcurrentHashMap<>();

  Plans(ExecutionStore executions, RunStore runs, TestLibrary library, Secrets secrets) {
    this.executions = executions;
    this.runs = runs;
    this.library = library;
    this.secrets = secrets;
  }

  /// All that belongs to an execution.
  record Whole(
      ExecutionStore.Row row,
      RunStore.Context run,
      ExecutionPlan plan,
      TestSuite.@Nullable ReviewRules review) {
    /// What is expected of it in the end; null: nothing.
    @Nullable Expected wanted() {
      var said = plan.said();
      var wanted = said.turns().isEmpty() ? said.expect() : said.turns().getLast().expect();
      return wanted == null || wanted.equals(Expected.NOTHING) ? null : wanted;
    }

    /// The same, filled in.
    ///
    /// @param vars what the steps extracted
    /// @throws RunProblem.NoExpectedOutcome if nothing is expected
    Expectation expected(Map<String, @Nullable Object> vars) {
      var wanted = wanted();
      if (wanted == null) {
        throw new RunProblem.NoExpectedOutcome(row.test().name(), row.language());
      }
      var document = plan.document(vars);
      var filled = wanted.fill(row.language(), utterance(document), document);
      if (filled.isEmpty()) {
        throw new RunProblem.NoExpectedOutcome(row.test().name(), row.language());
      }
      return filled;
    }

    private @Nullable String utterance(Map<String, @Nullable Object> document) {
      var turns = plan.said().turns();
      var said = turns.isEmpty() ? null : turns.getLast().utterance();
      return said == null ? null : String.valueOf(said.render(document));
    }

    /// How it is judged.
    Validator.Rules rules() {
      return new Validator.Rules(plan.settings().weights(), plan.settings().thresholds());
    }

    /// What the suite says of reviews.
    TestSuite.ReviewRules reviewRules() {
      return review == null ? TestSuite.ReviewRules.DEFAULT : review;
    }
  }

  /// An execution.
  ///
  /// @throws RunProblem.UnknownExecution if there is none
  Whole of(TenantId tenant, UUID execution) {
    var row =
        executions
            .row(tenant, execution)
            .orElseThrow(() -> new RunProblem.UnknownExecution(execution));
    var run = runs.context(row.run()).orElseThrow(() -> new RunProblem.UnknownRun(row.run()));
    var pins = run.chosen().pins();
    var selection =
        pinned(new Selection.Pins(pins.suite(), List.of(row.test().versionId()), pins.items()));
    var suite = selection.suite() == null ? null : selection.suite().definition();
    var today = LocalDate.ofInstant(run.createdAt(), ZoneOffset.UTC);
    return new Whole(
        row,
        run,
        plan(tenant, row, run, selection, suite, today),
        suite == null ? null : suite.review());
  }

  private Selection pinned(Selection.Pins pins) {
    if (kept.size() > KEPT) {
      kept.clear();
    }
    return kept.computeIfAbsent(pins, library::pinned);
  }

  private ExecutionPlan plan(
      TenantId tenant,
      ExecutionStore.Row row,
      RunStore.Context run,
      Selection selection,
      @Nullable TestSuite suite,
      LocalDate today) {
    var choice = selection.choices().getFirst();
    var known = secretsOf(suite);
    return new ExecutionPlan(
        tenant,
        new ExecutionPlan.Ids(row.run(), row.id()),
        1,
        choice,
        Expansion.of(choice.testCase().steps(), selection.definitions()),
        new ExecutionPlan.Cell(row.language(), row.data()),
        Settings.of(suite, choice, row.language(), today),
        environment(suite, run, Map.of()),
        environment(suite, run, known),
        known);
  }

  private Map<String, @Nullable Object> environment(
      @Nullable TestSuite suite, RunStore.Context run, Map<String, @Nullable Object> known) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    if (suite != null) {
      Map<String, @Nullable Object> document = Map.of("secrets", known);
      suite.environment().forEach((name, value) -> out.put(name, value.render(document)));
    }
    out.putAll(run.environment());
    return out;
  }

  private Map<String, @Nullable Object> secretsOf(@Nullable TestSuite suite) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    if (suite != null) {
      suite.environment().values().stream()
          .map(Template::references)
          .flatMap(java.util.Set::stream)
          .forEach(reference -> put(reference, out));
    }
    return out;
  }

  private void put(Reference reference, Map<String, @Nullable Object> out) {
    var name = reference.member();
    if (reference.root().equals("secrets") && name != null) {
      secrets.get(name).ifPresent(value -> out.put(name, value));
    }
  }
}
