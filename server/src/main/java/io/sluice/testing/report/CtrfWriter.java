package io.sluice.testing.report;

import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Common Test Report Format: flaky tests and every attempt are said as such; what people have yet
/// to decide is `other`.
final class CtrfWriter {
  private static final String SPEC = "0.0.0";

  private final JsonMapper json;
  private final Function<ExecutionView, ExecutionDetail> details;

  private CtrfWriter(JsonMapper json, Function<ExecutionView, ExecutionDetail> details) {
    this.json = json;
    this.details = details;
  }

  static byte[] write(
      Findings findings, Function<ExecutionView, ExecutionDetail> details, JsonMapper json) {
    return json.writeValueAsBytes(new CtrfWriter(json, details).report(findings));
  }

  private ObjectNode report(Findings findings) {
    var run = findings.run();
    var report = json.createObjectNode();
    report.put("reportFormat", "CTRF");
    report.put("specVersion", SPEC);
    report.put("reportId", run.testRunId().toString());
    report.put("generatedBy", "sluice");
    var results = report.putObject("results");
    results.putObject("tool").put("name", "sluice");
    summary(results.putObject("summary"), findings);
    var tests = results.putArray("tests");
    findings.executions().forEach(execution -> test(tests.addObject(), run, execution));
    return report;
  }

  private static void summary(ObjectNode summary, Findings findings) {
    var run = findings.run();
    var statuses = findings.executions().stream().map(CtrfWriter::status).toList();
    summary.put("tests", statuses.size());
    for (var status : List.of("passed", "failed", "skipped", "pending", "other")) {
      summary.put(status, (int) statuses.stream().filter(status::equals).count());
    }
    summary.put("flaky", (int) run.counters().flaky());
    summary.put("start", millis(run.startedAt(), run.createdAt()));
    summary.put("stop", millis(run.endedAt(), run.createdAt()));
  }

  private static long millis(@Nullable Instant at, Instant otherwise) {
    return (at == null ? otherwise : at).toEpochMilli();
  }

  private void test(ObjectNode test, RunView run, ExecutionView execution) {
    test.put("id", execution.executionId().toString());
    test.put("name", Findings.name(execution));
    test.put("status", status(execution));
    test.put(
        "duration",
        execution.executionTime() == null ? 0 : Math.round(execution.executionTime() * 1000));
    if (execution.startedAt() != null && execution.endedAt() != null) {
      test.put("start", execution.startedAt().toEpochMilli());
      test.put("stop", execution.endedAt().toEpochMilli());
    }
    test.putArray("suite").add(run.name());
    test.put("type", execution.type());
    test.put("rawStatus", execution.outcome() == null ? execution.status() : execution.outcome());
    if (execution.reason() != null) {
      test.put("message", execution.reason());
    }
    test.put("flaky", "flaky".equals(execution.outcome()));
    if (execution.data() != null) {
      test.set("parameters", json.valueToTree(execution.data()));
    }
    if (execution.attempts() > 1) {
      attempts(test, execution);
    }
    if (Findings.remarkable(execution)) {
      steps(test.putArray("steps"), details.apply(execution));
    }
  }

  private void attempts(ObjectNode test, ExecutionView execution) {
    var earlier = Findings.earlier(details.apply(execution));
    test.put("retries", earlier.size());
    var all = test.putArray("retryAttempts");
    for (var attempt : earlier) {
      var one = all.addObject();
      one.put("attempt", attempt.attempt());
      one.put("status", attempt.outcome().equals("error") ? "other" : attempt.outcome());
      one.put("duration", attempt.tookMs());
      if (attempt.error() != null) {
        one.put("message", attempt.error());
      }
    }
  }

  private static void steps(ArrayNode steps, ExecutionDetail detail) {
    for (var step : detail.trace()) {
      var one = steps.addObject();
      one.put("name", step.name());
      one.put("status", step.status().equals("info") ? "other" : step.status());
    }
  }

  private static String status(ExecutionView execution) {
    return switch (execution.outcome()) {
      case "passed", "flaky" -> "passed";
      case "failed", "error" -> "failed";
      case "skipped" -> "skipped";
      case null, default -> execution.endedAt() == null ? "pending" : "other";
    };
  }
}
