package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.LimitRule;
import io.sluice.engine.Operations;
import io.sluice.engine.Outcome;
import io.sluice.engine.PermanentFailure;
import io.sluice.platform.JobHandler;
import io.sluice.workflow.Json;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.WorkflowKinds.FanInput;
import io.sluice.workflow.WorkflowKinds.ItemInput;
import io.sluice.workflow.model.ForEach;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Runs all items of a FOR_EACH, each in a job of its own, and collects what they give.
@Component
class FanHandler implements JobHandler<FanInput, Json> {
  private final Fans fans;
  private final Plans plans;
  private final ObjectProvider<Operations> operations;
  private final Set<Integer> declared = ConcurrentHashMap.newKeySet();

  FanHandler(Fans fans, Plans plans, ObjectProvider<Operations> operations) {
    this.fans = fans;
    this.plans = plans;
    this.operations = operations;
  }

  @Override
  public Kind<FanInput, Json> kind() {
    return WorkflowKinds.FAN;
  }

  @Override
  public Json run(FanInput input, JobContext job) {
    var known = fans.of(job.id().value(), input);
    var items = fans.items(input);
    var each =
        (ForEach)
            plans
                .of(known.shared().execution().versionId())
                .step(known.step())
                .orElseThrow(
                    () -> new PermanentFailure("UNKNOWN_STEP", "There is no step " + known.step()))
                .config();
    var inputs = new ArrayList<ItemInput>(items.size());
    for (int i = 0; i < items.size(); i++) {
      inputs.add(new ItemInput(job.id().value(), i, items.get(i)));
    }
    return collected(children(job, each.concurrency(), inputs), known.shared().tolerated());
  }

  private List<Outcome<Json>> children(JobContext job, int concurrency, List<ItemInput> inputs) {
    if (concurrency >= inputs.size()) {
      return job.children("items", WorkflowKinds.ITEM, inputs, EnqueueOptions.DEFAULT);
    }
    var rule = LimitRule.concurrency("foreach-" + concurrency, concurrency);
    if (!declared.contains(concurrency)) {
      // Only what was stored is remembered: jobs of a limit without a rule would wait for ever.
      operations.getObject().limit(rule);
      declared.add(concurrency);
    }
    var options = EnqueueOptions.DEFAULT.withLimitValue(job.id().toString());
    return job.children("items", WorkflowKinds.ITEM.withLimit(rule), inputs, options);
  }

  private static Json collected(List<Outcome<Json>> outcomes, int tolerated) {
    var outputs = new ArrayList<@Nullable Object>(outcomes.size());
    int failed = 0;
    @Nullable PermanentFailure first = null;
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.Done<Json> done ->
            outputs.add(done.result() == null ? null : done.result().value());
        case Outcome.DeadLettered<Json> dead -> {
          outputs.add(null);
          failed++;
          first =
              first == null
                  ? new PermanentFailure(
                      dead.error().errorType(), "item " + i + ": " + dead.error().message())
                  : first;
        }
        case Outcome.Cancelled<Json> _ -> {
          outputs.add(null);
          failed++;
          first =
              first == null
                  ? new PermanentFailure("CANCELLED", "item " + i + " was cancelled")
                  : first;
        }
      }
    }
    if (first != null && failed > tolerated) {
      throw first;
    }
    return new Json(outputs);
  }
}
