package io.sluice.workflow.dryrun;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.workflow.Finding;
import io.sluice.workflow.SourceFormat;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Limits;
import io.sluice.workflow.model.reading.DefinitionReader;
import io.sluice.workflow.model.reading.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A file of dry runs with what is expected of them, for continuous integration.
///
/// ```yaml
/// workflow: enrich-lead.yaml          # beside this file
/// cases:
///   - name: a lead with two contacts
///     input: {id: "7"}
///     given:
///       fetch: {output: {status: 200, body: {score: 9, contacts: [{id: a}, {id: b}]}}}
///       call:                          # one a call, the last one for all that follow
///         - error: {code: UNEXPECTED_STATUS, status: 503, passing: true}
///         - output: {status: 200}
///     expect:
///       output: {n: 2}                 # as JSON
///       assert: ["output.n = 2", "steps.fetch.output.score > 5"]
///       run: [fetch, call]             # ran, among others
///       skipped: [late]
///       error: {step: fetch, errorType: UNEXPECTED_STATUS}
/// ```
public final class WorkflowTestFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Definition definition;
  private final List<Case> cases;

  private WorkflowTestFile(Definition definition, List<Case> cases) {
    this.definition = definition;
    this.cases = cases;
  }

  /// The file as it is written.
  record Content(String workflow, List<Case> cases) {}

  /// One dry run.
  record Case(
      String name,
      @Nullable Object input,
      @Nullable Map<String, Object> given,
      @Nullable Expected expect) {}

  /// What is expected. What is not said is not looked at, but for the error: none is expected then.
  record Expected(
      @Nullable Object output,
      @Nullable List<String> run,
      @Nullable List<String> skipped,
      @com.fasterxml.jackson.annotation.JsonProperty("assert") @Nullable List<String> that,
      @Nullable ExpectedError error) {}

  /// An error; what is null may be anything.
  record ExpectedError(
      @Nullable String step, @Nullable String errorType, @Nullable String message) {}

  /// How a case went.
  ///
  /// @param faults what differs from what was expected, one sentence each; empty if it passed
  public record Result(String name, List<String> faults, DryRunReport report) {
    /// Whether all was as expected.
    public boolean passed() {
      return faults.isEmpty();
    }
  }

  /// A file that can not be used. The message says what to do.
  public static final class Unusable extends Exception {
    private final List<Finding> findings;

    Unusable(String message, List<Finding> findings) {
      super(message);
      this.findings = List.copyOf(findings);
    }

    /// What is wrong with the workflow, if that is it.
    public List<Finding> findings() {
      return findings;
    }
  }

  /// Reads a file and the workflow that it names.
  ///
  /// @throws Unusable if one of them can not be used
  public static WorkflowTestFile read(Path file) throws IOException, Unusable {
    var content = content(file);
    var workflow = file.resolveSibling(content.workflow());
    if (!Files.isRegularFile(workflow)) {
      throw new Unusable("'workflow' names " + workflow + ", which is no file", List.of());
    }
    var format =
        workflow.toString().endsWith(".json") ? SourceFormat.JSON : SourceFormat.YAML;
    var source = Files.readString(workflow);
    return switch (new DefinitionReader(Limits.DEFAULT).read(source, format)) {
      case Reading.Valid valid -> new WorkflowTestFile(valid.definition(), content.cases());
      case Reading.Invalid invalid ->
          throw new Unusable(workflow + " is no valid workflow", invalid.errors());
    };
  }

  private static Content content(Path file) throws IOException, Unusable {
    try {
      var content = YAML.readValue(Files.readString(file), Content.class);
      if (content == null || content.workflow() == null || content.cases() == null) {
        throw new Unusable(file + " must have 'workflow' and 'cases'", List.of());
      }
      return content;
    } catch (JacksonException e) {
      throw new Unusable(file + ": " + e.getOriginalMessage(), List.of());
    }
  }

  /// Runs all cases.
  public List<Result> run() {
    return cases.stream().map(this::run).toList();
  }

  private Result run(Case one) {
    try {
      var report = DryRun.run(definition, one.input(), given(one));
      return new Result(one.name(), faults(one, report), report);
    } catch (IllegalArgumentException e) {
      var nothing =
          new DryRunReport(
              false, null, null, List.of(), java.time.Duration.ZERO, java.util.Set.of());
      return new Result(one.name(), List.of(String.valueOf(e.getMessage())), nothing);
    }
  }

  private static Given given(Case one) {
    if (one.given() == null) {
      return Given.NOTHING;
    }
    var answers = new LinkedHashMap<String, List<Given.Answer>>();
    one.given()
        .forEach(
            (step, said) ->
                answers.put(
                    step,
                    said instanceof List<?> many && !many.isEmpty()
                        ? many.stream().map(each -> answer(step, each)).toList()
                        : List.of(answer(step, said))));
    return new Given(answers);
  }

  private static Given.Answer answer(String step, @Nullable Object said) {
    if (said instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("output")) {
      return new Given.Answer.Value(map.get("output"));
    }
    if (said instanceof Map<?, ?> map && map.size() == 1 && map.get("error") instanceof Map<?, ?> error) {
      return new Given.Answer.Failure(
          error.get("code") instanceof String code ? code : "FAILED",
          error.get("message") instanceof String message ? message : "as given",
          error.get("status") instanceof Integer status ? status : null,
          Boolean.TRUE.equals(error.get("passing")));
    }
    throw new IllegalArgumentException(
        "'given." + step + "' must be {output: …}, {error: {code: …}}, or a list of these");
  }

  private static List<String> faults(Case one, DryRunReport report) {
    var faults = new ArrayList<String>();
    report.missing().forEach(step -> faults.add("step '" + step + "' is given nothing"));
    var expected =
        one.expect() == null ? new Expected(null, null, null, null, null) : one.expect();
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
        faults.add("failed in step '" + error.step() + "': " + error.errorType() + ", " + error.message());
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
