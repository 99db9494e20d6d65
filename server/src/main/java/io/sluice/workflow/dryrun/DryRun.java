package io.sluice.workflow.dryrun;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.engine.testkit.HandlerTest;
import io.sluice.engine.testkit.HandlerTest.Status;
import io.sluice.expression.Reference;
import io.sluice.guard.Admission;
import io.sluice.platform.Secrets;
import io.sluice.platform.TimeLimit;
import io.sluice.workflow.ExecutionControl;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.Json;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.StepError;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.steps.People;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.StepTypes;
import io.sluice.workflow.steps.SubExecutions;
import io.sluice.workflow.work.ExecutionLimits;
import io.sluice.workflow.work.Interpreter;
import io.sluice.workflow.work.Machinery;
import io.sluice.workflow.work.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// Runs a definition without a database and without a call: the same interpreter over the engine's
/// memory, one step after the other, with a clock that is turned forward while it waits.
public final class DryRun {
  /// When a dry run begins, unless it says otherwise.
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /// So many runs between waits are enough for any definition.
  private static final int MOST_RUNS = 10_000;

  private static final int MOST_ITEMS = 1_000;
  private static final UUID VERSION = new UUID(0, 1);

  private final Map<String, StepOutcome> ended = new LinkedHashMap<>();
  private final DrySteps steps;
  private final HandlerTest<ExecutionInput, Json> job;
  private final Clock clock = new Clock();

  /// The job's own time, which there is only once the job is there.
  private static final class Clock {
    private @Nullable HandlerTest<?, ?> job;

    Instant now() {
      return job == null ? BEGIN : job.now();
    }
  }

  private DryRun(Definition definition, Given given) {
    var plan = new Plan(definition);
    var secrets = secrets(definition);
    var types =
        new StepTypes(
            new StepTypes.Outside(
                (_, _) -> Admission.Go.NOW,
                _ -> {
                  throw new IllegalStateException("a dry run calls nobody");
                },
                secrets,
                (asked, _) -> {
                  throw StepFailure.lasting(
                      "NOT_GIVEN", "Rule '" + asked.rule() + "' is not given");
                },
                new NoExecutions(),
                People.NONE,
                List.of(),
                TimeLimit.standalone()));
    this.steps = new DrySteps(types, given);
    var machinery =
        new Machinery(
            _ -> plan,
            steps,
            steps,
            secrets,
            ExecutionControl.FREE,
            new ExecutionLimits(DataSize.ofMegabytes(1), MOST_ITEMS, MOST_ITEMS),
            clock::now,
            RandomGenerator.of("L64X128MixRandom"),
            (_, _, _, _) -> {
              throw new IllegalStateException("there are not so many items");
            },
            ended::put);
    this.job = HandlerTest.of(WorkflowKinds.EXECUTION, new Interpreter(machinery)::run);
    clock.job = job;
  }

  /// Runs a definition.
  ///
  /// @param input what the execution is given
  /// @param given what its steps are given
  public static DryRunReport run(Definition definition, @Nullable Object input, Given given) {
    return new DryRun(definition, given).run(definition, input);
  }

  private DryRunReport run(Definition definition, @Nullable Object input) {
    var oneAtATime = new ExecutionInput.Overrides(null, 1, null);
    job.begin(
        new ExecutionInput(
            VERSION,
            definition.name(),
            0,
            input,
            BEGIN,
            ExecutionInput.Origin.manual("dry run"),
            oneAtATime));
    for (int runs = 0; runs < MOST_RUNS; runs++) {
      switch (job.proceed()) {
        case Status.Returned<Json>(var output) -> {
          return report(output == null ? null : output.value(), null);
        }
        case Status.DeadLettered<Json>(var error) -> {
          return report(
              null,
              new StepError(
                  error.step() == null ? "" : error.step(), error.errorType(), error.message()));
        }
        case Status.Waiting<Json>(var until, var reason) -> {
          if (until == null) {
            return report(null, new StepError("", "STUCK", "It waits for ever: " + reason));
          }
          turnTo(until);
        }
        case Status.Retrying<Json>(_, var delay) -> job.advance(delay);
        case Status.Crashed<Json>(var step) ->
            throw new IllegalStateException("nobody crashes " + step);
      }
    }
    return report(null, new StepError("", "ENDLESS", "It waits again and again"));
  }

  private void turnTo(Instant until) {
    var left = Duration.between(job.now(), until);
    job.advance(left.isNegative() ? Duration.ofMillis(1) : left.plusMillis(1));
  }

  private DryRunReport report(@Nullable Object output, @Nullable StepError error) {
    return new DryRunReport(
        error == null,
        output,
        error,
        ended.entrySet().stream()
            .map(e -> new DryRunReport.Line(e.getKey(), e.getValue()))
            .toList(),
        Duration.between(BEGIN, job.now()),
        steps.missing());
  }

  /// Those that are named, each with a value that stands for it.
  private static Secrets secrets(Definition definition) {
    var variables = new HashMap<String, String>();
    for (Reference reference : Plan.references(definition)) {
      if (reference.root().equals("secrets") && reference.member() != null) {
        variables.put(
            "SLUICE_SECRET_" + reference.member().toUpperCase(Locale.ROOT),
            "value-of-" + reference.member());
      }
    }
    var fixed = Map.copyOf(variables);
    return new Secrets(() -> fixed);
  }

  private static final class NoExecutions implements SubExecutions {
    @Override
    public ExecutionInput input(TenantId tenant, SubWorkflow config, Given given) {
      throw new IllegalStateException("a dry run starts no execution");
    }

    @Override
    public UUID start(Tx tx, TenantId tenant, ExecutionInput input) {
      throw new IllegalStateException("a dry run starts no execution");
    }
  }
}
