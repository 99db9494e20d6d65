package io.sluice.workflow.model.watching;

import io.sluice.engine.JobState;
import io.sluice.workflow.ExecutionView.Failure;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepView;
import io.sluice.workflow.StepView.Items;
import io.sluice.workflow.StepView.State;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Graph;
import io.sluice.workflow.model.OnError;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.StepType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How every step of an execution is. What was recorded is certain. Of the rest, a step may begin
/// when all that it depends on are over and the step around it is under way; whether it does is the
/// job's state.
public final class StepStates {
  private final Map<String, Trace> traces;
  private final Map<String, Items> items;
  private final JobState job;
  private final List<StepView> found = new ArrayList<>();
  private final Map<String, State> states = new HashMap<>();

  private StepStates(Map<String, Trace> traces, Map<String, Items> items, JobState job) {
    this.traces = traces;
    this.items = items;
    this.job = job;
  }

  /// All steps, each before those inside of it, in the order in which they are written. Steps of
  /// handlers and compensations are there once they have begun.
  ///
  /// @param traces by step
  /// @param items of each FOR_EACH that has begun
  /// @param job its state
  public static List<StepView> of(
      Definition definition, Map<String, Trace> traces, Map<String, Items> items, JobState job) {
    var states = new StepStates(traces, items, job);
    states.block(definition.steps(), Place.TOP);
    states.handlers(definition.onError(), new Place(null, "onError", Around.UNDER_WAY));
    return List.copyOf(states.found);
  }

  /// How what is around a block is.
  private enum Around {
    UNDER_WAY,
    NOT_YET,
    PASSED_BY
  }

  /// Where a block stands.
  private record Place(@Nullable String parent, @Nullable String block, Around around) {
    static final Place TOP = new Place(null, null, Around.UNDER_WAY);
  }

  private void block(List<Step> steps, Place place) {
    // States of earlier steps are needed first, whatever the order in which steps are written.
    var graph = Graph.of(steps);
    var byId = new HashMap<String, Step>();
    steps.forEach(s -> byId.put(s.id(), s));
    for (var id : graph.order()) {
      states.put(id, state(Objects.requireNonNull(byId.get(id)), graph, place));
    }
    steps.forEach(step -> show(step, place));
  }

  private void show(Step step, Place place) {
    var state = Objects.requireNonNull(states.get(step.id()));
    found.add(view(step, place, state));
    if (step.type() != StepType.FOR_EACH) {
      for (var block : step.config().blocks()) {
        block(block.steps(), new Place(step.id(), block.name(), around(step, block.name(), state)));
      }
    }
    if (step.onError() instanceof OnError.Handle handle) {
      handlers(handle.steps(), new Place(step.id(), "onError", Around.UNDER_WAY));
    }
    handlers(step.compensate(), new Place(step.id(), "compensate", Around.UNDER_WAY));
  }

  /// Steps that most executions never come to.
  private void handlers(List<Step> steps, Place place) {
    if (steps.stream().anyMatch(s -> traces.containsKey(s.id()))) {
      block(steps, place);
    }
  }

  private Around around(Step step, String block, State state) {
    var branch = branch(trace(step));
    boolean chosen = step.type() != StepType.CONDITIONAL || block.equals(branch);
    return switch (state) {
      case RUNNING, WAITING ->
          step.type() == StepType.CONDITIONAL && branch == null
              ? Around.NOT_YET
              : chosen ? Around.UNDER_WAY : Around.PASSED_BY;
      case BLOCKED, READY -> Around.NOT_YET;
      case SKIPPED -> Around.PASSED_BY;
      case COMPLETED, FAILED, NOT_REACHED -> chosen ? Around.NOT_YET : Around.PASSED_BY;
    };
  }

  private static @Nullable String branch(Trace trace) {
    if (trace.outcome() != null) {
      return trace.outcome().branch();
    }
    return trace.begun() == null ? null : trace.begun().branch();
  }

  private Trace trace(Step step) {
    return traces.getOrDefault(step.id(), Trace.NONE);
  }

  private State state(Step step, Graph graph, Place place) {
    var trace = trace(step);
    if (trace.outcome() != null) {
      return recorded(trace.outcome());
    }
    if (trace.ended()) {
      return State.FAILED;
    }
    if (place.around() == Around.PASSED_BY) {
      return State.SKIPPED;
    }
    if (job.terminal()) {
      // A step with others inside has no record of its own when one of those fails.
      return trace.begun() != null && job == JobState.DEADLETTER ? State.FAILED : State.NOT_REACHED;
    }
    if (trace.dueAt() != null) {
      return State.WAITING;
    }
    boolean free = graph.before(step.id()).stream().allMatch(this::letsGoOn);
    return place.around() == Around.UNDER_WAY && free ? going(step, trace) : State.BLOCKED;
  }

  private static State recorded(StepOutcome outcome) {
    return switch (outcome.status()) {
      case COMPLETED -> State.COMPLETED;
      case SKIPPED -> State.SKIPPED;
      case FAILED -> State.FAILED;
    };
  }

  /// A step that failed for good has no outcome, and keeps those that depend on it from beginning.
  private boolean letsGoOn(String step) {
    return traces.getOrDefault(step, Trace.NONE).outcome() != null
        || states.get(step) == State.SKIPPED;
  }

  private State going(Step step, Trace trace) {
    boolean begun = trace.begun() != null;
    return switch (job) {
      case WORKING -> begun && waits(step) ? State.WAITING : State.RUNNING;
      case WAITING, RETRYABLE -> begun || mayWaitUnseen(step) ? State.WAITING : State.READY;
      case QUEUED -> begun ? State.WAITING : State.READY;
      case DONE, DEADLETTER, CANCELLED -> State.NOT_REACHED;
    };
  }

  private static boolean waits(Step step) {
    return switch (step.type()) {
      case WAIT, HUMAN_TASK, SUB_WORKFLOW -> true;
      case HTTP_REQUEST,
          DATA_TRANSFORM,
          CONDITIONAL,
          PARALLEL,
          FOR_EACH,
          WEBHOOK_CALL,
          FUNCTION_CALL,
          VALIDATION ->
          false;
    };
  }

  /// A call that is parked because a circuit is open leaves no record.
  private static boolean mayWaitUnseen(Step step) {
    return step.type() != StepType.DATA_TRANSFORM;
  }

  private StepView view(Step step, Place place, State state) {
    var trace = trace(step);
    return new StepView(
        step.id(),
        step.title(),
        step.type().name(),
        state,
        place.parent(),
        place.block(),
        step.dependsOn(),
        Math.max(trace.attempt(), trace.begun() == null ? 0 : 1),
        trace.startedAt(),
        trace.ended() ? trace.finishedAt() : null,
        dueAt(trace, state),
        failure(trace),
        items.get(step.id()),
        null,
        null);
  }

  private static @Nullable Instant dueAt(Trace trace, State state) {
    if (state != State.WAITING) {
      return null;
    }
    return trace.dueAt() != null
        ? trace.dueAt()
        : trace.begun() == null ? null : trace.begun().until();
  }

  private static @Nullable Failure failure(Trace trace) {
    var outcome = trace.outcome();
    if (outcome != null && outcome.error() != null) {
      var error = outcome.error();
      return new Failure(error.errorType(), error.message(), error.step());
    }
    return trace.failure();
  }
}
