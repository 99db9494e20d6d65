package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What came of a run that has ended: by case and language, and what people are asked.
///
/// @param all its executions, in its order
record RunFindings(JsonNode run, List<Finding> all) {
  private static final int MOST = 5_000;

  /// An execution.
  ///
  /// @param validation null: there was none
  /// @param priority of the question to a person; null: none is asked
  record Finding(JsonNode execution, @Nullable JsonNode validation, @Nullable Integer priority) {
    String testCase() {
      return execution.path("testCaseName").asString("?");
    }

    String language() {
      return execution.path("languageCode").asString("");
    }

    String outcome() {
      return execution.path("outcome").asString("");
    }

    boolean pending() {
      return execution.path("reviewPending").asBoolean(false);
    }

    /// Whether it passed and people look at it all the same.
    boolean audit() {
      return validation != null && validation.path("audit").asBoolean(false);
    }

    String why() {
      return audit()
          ? "it passed; a share of what passes is looked at all the same"
          : execution.path("reason").asString("");
    }

    /// As `74.99 %`; empty where there is none.
    String confidence() {
      return validation == null
          ? ""
          : plain(validation.path("confidenceScore").asDecimal(BigDecimal.ZERO)) + " %";
    }

    private static String plain(BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private String cell() {
      var mark =
          switch (outcome()) {
            case "passed" -> "✓ ";
            case "flaky" -> "~ ";
            case "failed" -> "✗ ";
            case "error" -> "! ";
            case "skipped" -> "-";
            default -> "? ";
          };
      return (mark + confidence()).stripTrailing();
    }
  }

  static RunFindings of(Api api, JsonNode run) {
    var id = run.path("testRunId").asString("");
    var asked = questions(api, run);
    var all = new ArrayList<Finding>();
    for (var execution : api.list(Query.path("/test-runs", id, "executions"), MOST)) {
      var validation = execution.path("validationId").asString("");
      all.add(
          new Finding(
              execution,
              validation.isEmpty() ? null : api.get(Query.path("/validations", validation)),
              asked.get(validation)));
    }
    return new RunFindings(run, all);
  }

  /// The priorities of the questions that wait, by validation.
  private static Map<String, Integer> questions(Api api, JsonNode run) {
    if (run.path("counters").path("reviewPending").asLong(0) == 0) {
      return Map.of();
    }
    var group = run.path("name").asString("");
    return api
        .list(
            Query.path("/reviews")
                .with("source", "validation")
                .with("status", "pending")
                .with("group", group),
            MOST)
        .stream()
        .collect(
            Collectors.toMap(
                item -> item.path("subjectId").asString(""),
                item -> item.path("priority").asInt(0),
                (one, _) -> one));
  }

  /// Whether the chain has come to its end: everything was found out, be it right or wrong.
  boolean complete() {
    var counters = run.path("counters");
    return run.path("status").asString("").equals("completed")
        && counters.path("passed").asLong(0) > 0
        && counters.path("error").asLong(0) == 0
        && counters.path("cancelled").asLong(0) == 0
        && counters.path("open").asLong(0) == 0;
  }

  /// A line a case, a column a language; of several data rows the cells are counted.
  Table table() {
    var languages =
        StreamSupport.stream(run.path("languages").spliterator(), false)
            .map(JsonNode::asString)
            .toList();
    var headings = new ArrayList<>(List.of("CASE"));
    headings.addAll(languages);
    var table = new Table(headings);
    byCase()
        .forEach((name, findings) -> {
          var row = new ArrayList<>(List.of(name));
          languages.forEach(language -> row.add(cell(findings, language)));
          table.row(row);
        });
    return table;
  }

  private Map<String, List<Finding>> byCase() {
    return all.stream()
        .collect(Collectors.groupingBy(Finding::testCase, LinkedHashMap::new, Collectors.toList()));
  }

  private static String cell(List<Finding> findings, String language) {
    var counted = new LinkedHashMap<String, Integer>();
    findings.stream()
        .filter(f -> f.language().equals(language))
        .forEach(f -> counted.merge(f.cell(), 1, Integer::sum));
    return counted.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " × " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  /// What people are asked, the most urgent first, and what failed without a question.
  Table questions() {
    var table = new Table("PRIORITY", "CASE", "LANGUAGE", "CONFIDENCE", "WHY");
    all.stream()
        .filter(Finding::pending)
        .sorted((a, b) -> Integer.compare(priority(a), priority(b)))
        .forEach(f -> table.row(line(f)));
    return table;
  }

  /// What failed, or could not be found out, without a question to a person.
  List<Finding> failures() {
    return all.stream()
        .filter(f -> !f.pending() && (f.outcome().equals("failed") || f.outcome().equals("error")))
        .toList();
  }

  private static int priority(Finding finding) {
    return finding.priority() == null ? Integer.MAX_VALUE : finding.priority();
  }

  private static List<String> line(Finding finding) {
    return List.of(
        finding.priority() == null ? "" : finding.priority().toString(),
        finding.testCase(),
        finding.language(),
        finding.confidence(),
        finding.why());
  }

  /// For programs.
  ArrayNode json() {
    var out = Json.object().putArray("executions");
    for (var finding : all) {
      var execution = finding.execution();
      var one = out.addObject();
      for (var name : List.of("executionId", "testCaseName", "languageCode", "row", "outcome")) {
        if (execution.has(name)) {
          one.set(name, execution.path(name));
        }
      }
      one.put("reviewPending", finding.pending());
      one.put("why", finding.why());
      if (finding.validation() != null) {
        one.set("confidenceScore", finding.validation().path("confidenceScore"));
      }
      if (finding.priority() != null) {
        one.put("priority", finding.priority());
      }
    }
    return out;
  }

  /// What came of it, in a line.
  String summary() {
    return Texts.harmless(TestRunFollower.summary(run));
  }
}
