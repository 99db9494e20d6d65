package io.sluice.testing.run.work;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.CaseSource;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.store.ExecutionStore;
import io.sluice.testing.run.store.RunStore;
import io.sluice.validation.Expectation;
import io.sluice.validation.Thresholds;
import io.sluice.validation.Validator;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Puts together what an execution is carried out and judged by.
@Component
class Plans {
  private final ExecutionStore executions;
  private final RunStore runs;
  private final CaseSource cases;

  Plans(ExecutionStore executions, RunStore runs, CaseSource cases) {
    this.executions = executions;
    this.runs = runs;
    this.cases = cases;
  }

  /// All that belongs to an execution.
  record Whole(ExecutionStore.Row row, RunStore.Context run, ExecutionPlan plan) {
    /// What is expected of it.
    ///
    /// @throws RunProblem.NoExpectedOutcome if nothing is
    Expectation expected() {
      var expected = plan.test().expected(row.language());
      if (expected == null) {
        throw new RunProblem.NoExpectedOutcome(row.name(), row.language());
      }
      return expected;
    }

    /// How it is judged: what the case says counts more than what the suite says.
    Validator.Rules rules() {
      var rules = plan.test().rules();
      var thresholds =
          rules.thresholds() != null ? rules.thresholds() : run.rules().thresholds();
      return new Validator.Rules(
          rules.weights(), thresholds == null ? Thresholds.DEFAULT : thresholds);
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
    var test = cases.pinned(tenant, row.test());
    return new Whole(
        row,
        run,
        new ExecutionPlan(
            tenant, row.run(), row.id(), 1, test, row.language(), row.data(), run.environment()));
  }
}
