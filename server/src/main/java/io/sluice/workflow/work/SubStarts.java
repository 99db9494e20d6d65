package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.sources.JsonSchema;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionStarter;
import io.sluice.workflow.Reference;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.SubExecutions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Executions that steps start.
@Component
class SubStarts implements SubExecutions {
  private final Definitions definitions;
  private final ObjectProvider<ExecutionStarter> starter;
  private final ObjectProvider<Jobs> jobs;
  private final InstantSource clock;

  SubStarts(
      Definitions definitions,
      ObjectProvider<ExecutionStarter> starter,
      ObjectProvider<Jobs> jobs,
      InstantSource clock) {
    this.definitions = definitions;
    this.starter = starter;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public ExecutionInput input(TenantId tenant, SubWorkflow config, Given given) {
    var origin = given.origin();
    var reference = new Reference(config.workflow(), config.version(), config.alias());
    var draw = origin.parent() + "/" + origin.parentStep();
    var compiled =
        definitions.resolve(
            tenant, reference, UUID.nameUUIDFromBytes(draw.getBytes(StandardCharsets.UTF_8)));
    var schema = compiled.definition().inputSchema();
    if (schema != null) {
      var misfits = JsonSchema.of(schema).check(given.input());
      if (!misfits.isEmpty()) {
        throw StepFailure.lasting(
            "INVALID_INPUT",
            "Workflow '"
                + config.workflow()
                + "' does not take this input: "
                + misfits.getFirst().pointer()
                + " "
                + misfits.getFirst().message());
      }
    }
    var now = clock.instant();
    return new ExecutionInput(
        compiled.version(),
        compiled.definition().name(),
        compiled.number(),
        given.input(),
        now,
        origin,
        new ExecutionInput.Overrides(
            limit(compiled.definition().timeout(), given.until(), now), null, null));
  }

  /// What ends first: the workflow's own time, or that of the step which waits for it.
  private static @Nullable Duration limit(
      @Nullable Duration own, @Nullable Instant until, Instant now) {
    if (until == null) {
      return null;
    }
    var left = Duration.between(now, until);
    var some = left.isPositive() ? left : Duration.ofMillis(1);
    return own != null && own.compareTo(some) < 0 ? own : some;
  }

  @Override
  public UUID start(Tx tx, TenantId tenant, ExecutionInput input) {
    var listed = starter.getIfAvailable();
    return listed != null
        ? listed.start(tx, tenant, input)
        : jobs.getObject()
            .enqueue(tx, WorkflowKinds.EXECUTION, input, EnqueueOptions.of(tenant))
            .job()
            .value();
  }
}
