package io.sluice.workflow.dryrun;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.workflow.dryrun.WorkflowTestFile.Case;
import io.sluice.workflow.dryrun.WorkflowTestFile.Expected;
import io.sluice.workflow.dryrun.WorkflowTestFile.ExpectedError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what a dry run has shown with what was expected of it.
final class Expectations {
  private Expectations() {}

  /// What differs, one sentence each.
  static List<String> faults(Case one, DryRunReport report) {
    var faults = new ArrayList<String>();
    report.missing().forEach(step -> faults.add("step '" + step + "' is given nothing"));
    var expected = one.expect() == null ? new Expected(null, null, null, null, null) : one.expect();
    error(expected.error(), report, faults);
    if (expected.output() != null && !same(expected.output(), report.output())) {
      faults.add("output is " + report.output() + ", not " + expected.output());
    }
    listed("run", expected.run(), report.run(), faults);
    listed("skipped", expected.skipped(), report.skipped(), faults);
    if (expected.that() != null) {
      expected.that().forEach(assertion -> check(assertion, report, faults));
    }
    return faults;
  }

  private static void error(
      @Nullable ExpectedError expected, DryRunReport report, List<String> faults) {
    var error = report.error();
    if (expected == null) {
      if (error != null) {
        faults.add(
            "failed in step '" + error.step() + "': " + error.errorType() + ", " + error.message());
      }
    } else if (error == null) {
      faults.add("did not fail");
    } else if (!fits(expected.step(), error.step())
        || !fits(expected.errorType(), error.errorType())
        || expected.message() != null && !error.message().contains(expected.message())) {
      faults.add("failed otherwise: " + error);
    }
  }

  private static boolean fits(@Nullable String expected, String actual) {
    return expected == null || expected.equals(actual);
  }

  private static void listed(
      String what, @Nullable List<String> expected, List<String> actual, List<String> faults) {
    if (expected != null && !actual.containsAll(expected)) {
      faults.add(what + " are " + actual + ", not all of " + expected);
    }
  }

  private static void check(String assertion, DryRunReport report, List<String> faults) {
    var steps = new HashMap<String, @Nullable Object>();
    for (var line : report.steps()) {
      var step = new HashMap<String, @Nullable Object>();
      step.put("output", line.outcome().output());
      step.put("input", line.outcome().input());
      step.put("status", line.outcome().status().word());
      step.put("branch", line.outcome().branch());
      steps.put(line.id(), step);
    }
    var document = new HashMap<String, @Nullable Object>();
    document.put("output", report.output());
    document.put("steps", steps);
    document.put("error", report.error() == null ? null : report.error().errorType());
    document.put("seconds", report.took().toMillis() / 1000.0);
    try {
      if (!Expression.of(assertion).test(document)) {
        faults.add("does not hold: " + assertion);
      }
    } catch (ExpressionProblem e) {
      faults.add("can not be evaluated: " + assertion + ": " + e.getMessage());
    }
  }

  /// Equal as JSON: numbers by their value.
  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0;
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.keySet().stream().allMatch(key -> same(x.get(key), y.get(key)));
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      if (x.size() != y.size()) {
        return false;
      }
      for (int i = 0; i < x.size(); i++) {
        if (!same(x.get(i), y.get(i))) {
          return false;
        }
      }
      return true;
    }
    return java.util.Objects.equals(a, b);
  }
}
