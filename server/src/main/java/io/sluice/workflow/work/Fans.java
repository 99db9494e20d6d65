package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.Operations;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.StepRef;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.WorkflowKinds.FanInput;
import io.sluice.workflow.WorkflowKinds.Shared;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the items of a FOR_EACH share, read once a node from what their parent has recorded.
final class Fans {
  private static final int MOST = 64;

  private final Supplier<Operations> operations;
  private final JsonMapper json;
  private final Map<UUID, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
          return size() > MOST;
        }
      };

  /// One fan.
  ///
  /// @param step id of the FOR_EACH
  record Known(FanInput fan, Shared shared, String step) {
    /// Where the FOR_EACH stands in its job.
    String path() {
      return fan.scope().isEmpty() ? fan.step() : fan.scope() + "/" + fan.step();
    }
  }

  Fans(Supplier<Operations> operations, JsonMapper json) {
    this.operations = operations;
    this.json = json;
  }

  /// By the fan's job.
  Known of(UUID job) {
    synchronized (known) {
      var found = known.get(job);
      if (found != null) {
        return found;
      }
    }
    var input =
        operations
            .get()
            .job(new JobId(job))
            .orElseThrow(
                () -> new PermanentFailure("PARENT_GONE", "The FOR_EACH of this item is gone"))
            .inputJson();
    return of(job, json.readValue(input, FanInput.class));
  }

  /// By the fan's job, whose input is known.
  Known of(UUID job, FanInput fan) {
    var shared = read(fan, WorkflowKinds.SHARED, Shared.class);
    var suffix = fan.step().indexOf('@');
    var fresh = new Known(fan, shared, suffix < 0 ? fan.step() : fan.step().substring(0, suffix));
    synchronized (known) {
      known.put(job, fresh);
    }
    return fresh;
  }

  /// The items, as the parent has recorded them.
  List<?> items(FanInput fan) {
    return read(fan, StepOutcome.BEGUN, Begun.class).state() instanceof List<?> items
        ? items
        : List.<@Nullable Object>of();
  }

  private <T> T read(FanInput fan, String what, Class<T> type) {
    var step = new StepRef(fan.scope(), fan.step() + what);
    return operations
        .get()
        .stepValue(new JobId(fan.parent()), step)
        .map(text -> json.readValue(text, type))
        .orElseThrow(() ->
            new PermanentFailure(
                "PARENT_GONE", "The execution has not recorded '" + step.name() + "'"));
  }
}
