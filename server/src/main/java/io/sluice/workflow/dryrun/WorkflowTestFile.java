package io.sluice.workflow.dryrun;

import io.sluice.sources.Finding;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Limits;
import io.sluice.workflow.model.reading.DefinitionReader;
import io.sluice.workflow.model.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    var format = workflow.toString().endsWith(".json") ? SourceFormat.JSON : SourceFormat.YAML;
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
      return new Result(one.name(), Expectations.faults(one, report), report);
    } catch (IllegalArgumentException e) {
      var nothing =
          new DryRunReport(
              false, null, null, List.of(), java.time.Duration.ZERO, java.util.Set.of());
      return new Result(one.name(), List.of(String.valueOf(e.getMessage())), nothing);
    }
  }

  private static Given given(Case one) {
    return one.given() == null ? Given.NOTHING : Given.read(one.given());
  }
}
