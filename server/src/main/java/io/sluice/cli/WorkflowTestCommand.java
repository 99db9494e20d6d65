package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Texts;
import io.sluice.workflow.dryrun.WorkflowTestFile;
import io.sluice.workflow.dryrun.WorkflowTestFile.Result;
import io.sluice.workflow.dryrun.WorkflowTestFile.Unusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    description = {
      "Runs the cases of a test file over what they say that steps are given, without a call and without a",
      "server. Ends with 1 if a case fails."
    })
final class WorkflowTestCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a test file, YAML")
  private Path file = Path.of("");

  @Mixin private final OutputOption output = new OutputOption();

  WorkflowTestCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    var results = results();
    if (output.json()) {
      here.terminal().print(Json.write(json(results)));
    } else {
      results.forEach(this::say);
      long passed = results.stream().filter(Result::passed).count();
      here.terminal().print(passed + " of " + Texts.count(results.size(), "case") + " passed");
    }
    return results.stream().allMatch(Result::passed) ? Exit.OK : Exit.FAILED;
  }

  private List<Result> results() {
    try {
      return WorkflowTestFile.read(file).run();
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "'" + file + "' can not be read", e);
    } catch (Unusable e) {
      e.findings().forEach(f -> here.terminal().note("  " + f.pointer() + " " + f.detail()));
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  private void say(Result result) {
    var terminal = here.terminal();
    var mark = result.passed() ? terminal.paint(Ink.GREEN, "✓") : terminal.paint(Ink.RED, "✗");
    terminal.print(mark + " " + Texts.harmless(result.name()));
    result.faults().forEach(fault -> terminal.print("    " + Texts.harmless(fault)));
  }

  private static tools.jackson.databind.JsonNode json(List<Result> results) {
    var all = Json.object();
    var cases = all.putArray("cases");
    for (var result : results) {
      var one = cases.addObject().put("name", result.name()).put("passed", result.passed());
      result.faults().forEach(one.putArray("faults")::add);
    }
    return all;
  }
}
