package io.sluice.testing.runners;

import io.sluice.engine.JobContext;
import io.sluice.engine.Jobs;
import io.sluice.platform.Secrets;
import io.sluice.platform.SpringTx;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.Expansion.Bound;
import io.sluice.testing.model.WorkflowStep;
import io.sluice.testing.run.DurableRunner;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.Trace;
import io.sluice.testing.run.Trace.StepStatus;
import io.sluice.testing.run.WorkflowStarter;
import io.sluice.testing.run.WorkflowStarter.End;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Starts workflows as child jobs, one after the other, and checks what comes out. What cancels the
/// test cancels them.
@Component
final class WorkflowRunner implements DurableRunner {
  private final ObjectProvider<WorkflowStarter> starter;
  private final SpringTx transactions;
  private final Secrets secrets;

  WorkflowRunner(ObjectProvider<WorkflowStarter> starter, SpringTx transactions, Secrets secrets) {
    this.starter = starter;
    this.transactions = transactions;
    this.secrets = secrets;
  }

  @Override
  public CaseType type() {
    return CaseType.WORKFLOW;
  }

  /// An end, with the time that it took.
  private record Seen(End end, Duration took) {
    void into(Map<String, @Nullable Object> document) {
      document.put("status", end.status());
      document.put("output", end.output());
      document.put("error", end.error());
      document.put("timeMs", took.toMillis());
    }
  }

  @Override
  public Result run(ExecutionPlan plan, Trace trace, JobContext job) {
    var began = now(job, "began-" + plan.attempt(), trace);
    var extracted = new Extracted();
    @Nullable Seen last = null;
    for (var bound : plan.steps()) {
      if (!(bound.step() instanceof WorkflowStep step)) {
        throw new CaseError("WRONG_STEP", "Step " + bound.id() + " executes no workflow", null);
      }
      last = execute(plan, bound, step, extracted, new At(trace, job));
      var checks = checked(plan, bound, step, extracted, last);
      trace.add(told(bound, step, last, checks, trace.now()));
      if (!checks.faults().isEmpty()) {
        return Result.failed(
            "Step %s, %s: %s".formatted(bound.id(), step.title(), checks.faults().getFirst()),
            String.join("\n", checks.faults()),
            result(last));
      }
    }
    var took = Duration.between(began, now(job, "ended-" + plan.attempt(), trace));
    return Result.passed(
        last == null ? Map.of() : result(last),
        extracted.vars(),
        extracted.observed(took, last == null ? null : last.end().output()));
  }

  /// Where it runs.
  private record At(Trace trace, JobContext job) {}

  /// The same in every run of the job.
  private static Instant now(JobContext job, String name, Trace trace) {
    return job.step(name, Instant.class, trace::now);
  }

  private Seen execute(
      ExecutionPlan plan, Bound bound, WorkflowStep step, Extracted extracted, At at) {
    var workflows = starter.getIfAvailable();
    if (workflows == null) {
      throw new CaseError(
          "NO_WORKFLOWS", "This server executes no workflows, so that none can be tested", null);
    }
    var job = at.job();
    var name = "workflow-" + plan.attempt() + "-" + bound.id();
    var started = now(job, name + "-at", at.trace());
    var rendering = new Rendering(secrets, plan, bound, extracted.vars());
    var input = step.input() == null ? null : rendering.value(step.input());
    UUID execution =
        job.transaction(
            name + "-start",
            UUID.class,
            tx ->
                transactions.within(
                    tx,
                    () ->
                        workflows.start(
                            tx,
                            plan.tenant(),
                            new WorkflowStarter.Start(
                                step.workflow(), input, new Jobs.Family(job.id(), name)))));
    job.join(name, Object.class);
    var ended = now(job, name + "-ended", at.trace());
    return new Seen(workflows.end(plan.tenant(), execution), Duration.between(started, ended));
  }

  private static Checks checked(
      ExecutionPlan plan, Bound bound, WorkflowStep step, Extracted extracted, Seen seen) {
    var expect = step.expect();
    var checks = new Checks();
    checks.that(
        expect.status().equals(seen.end().status()),
        "it is %s, not %s".formatted(seen.end().status(), expect.status()));
    var document = bound.scope(plan.document(extracted.vars()));
    checks.paths(expect.paths(), seen.end().output(), document);
    seen.into(document);
    checks.assertions(expect.assertions(), document);
    checks.schema(expect.schema(), seen.end().output());
    checks.within(expect.maxTime(), seen.took());
    step.extract().forEach((name, what) -> extracted.put(name, what.evaluate(document)));
    return checks;
  }

  private Trace.Step told(Bound bound, WorkflowStep step, Seen seen, Checks checks, Instant now) {
    boolean good = checks.faults().isEmpty();
    var detail = new LinkedHashMap<String, @Nullable Object>(result(seen));
    detail.put("step", bound.id());
    return new Trace.Step(
        step.title(),
        good ? StepStatus.PASSED : StepStatus.FAILED,
        good ? seen.end().status() : checks.faults().getFirst(),
        now.minus(seen.took()),
        seen.took(),
        secrets.redact((Object) detail));
  }

  private static Map<String, @Nullable Object> result(Seen seen) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    seen.into(out);
    return out;
  }
}
