package io.sluice.workflow.work;

import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionFeed;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.StepView;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.store.ExecutionViewStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks at an execution six times a second, by two statements that primary keys serve.
@Component
class Feed implements ExecutionFeed {
  private static final Duration PERIOD = Duration.ofMillis(150);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /// What was recorded in a transaction that committed late may be so much older than what was
  /// seen.
  private static final Duration LATE = Duration.ofSeconds(1);

  private final ExecutionViewStore views;
  private final StepReader steps;
  private final Core core;

  Feed(ExecutionViewStore views, StepReader steps, Core core) {
    this.views = views;
    this.steps = steps;
    this.core = core;
  }

  @Override
  public void follow(
      TenantId tenant, UUID id, @Nullable Instant from, ExecutionFeed.Watcher watcher)
      throws Exception {
    var job =
        core.operations().job(new JobId(id)).orElseThrow(() -> new ExecutionProblem.Unknown(id));
    var look = new Look(tenant, id, steps.version(tenant, job).definition(), from);
    long silentNanos = 0;
    while (!Thread.currentThread().isInterrupted()) {
      var execution = find(look);
      boolean news = tell(look, execution, watcher);
      silentNanos = news ? 0 : silentNanos + PERIOD.toNanos();
      if (execution.status().ended()) {
        return;
      }
      if (silentNanos >= KEEP_ALIVE.toNanos()) {
        watcher.quiet();
        silentNanos = 0;
      }
      TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
    }
  }

  private ExecutionView find(Look look) {
    return views
        .find(look.tenant, look.id)
        .orElseThrow(() -> new ExecutionProblem.Unknown(look.id));
  }

  /// What one watcher has been told.
  private static final class Look {
    private final TenantId tenant;
    private final UUID id;
    private final Definition definition;
    private final @Nullable Instant from;
    private final Map<String, Object> told = new HashMap<>();
    private @Nullable Object execution;
    private Instant mark;

    Look(TenantId tenant, UUID id, Definition definition, @Nullable Instant from) {
      this.tenant = tenant;
      this.id = id;
      this.definition = definition;
      this.from = from == null ? null : from.minus(LATE);
      this.mark = from == null ? Instant.EPOCH : from;
    }

    boolean isNews(StepView step) {
      var key =
          Arrays.asList(
              step.state(),
              step.attempts(),
              step.dueAt(),
              step.startedAt(),
              step.items(),
              step.error());
      boolean known = key.equals(told.put(step.id(), key));
      boolean begun = step.state() != StepView.State.BLOCKED || from == null;
      var finished = step.finishedAt();
      if (finished != null && finished.isAfter(mark)) {
        mark = finished;
      }
      return !known && begun && (from == null || finished == null || finished.isAfter(from));
    }

    boolean isNews(ExecutionView view) {
      var now =
          Arrays.asList(
              view.status(),
              view.held(),
              view.attempt(),
              view.waitReason(),
              view.progressDone(),
              view.progressTotal());
      boolean news = !Objects.equals(now, execution);
      execution = now;
      return news;
    }
  }

  /// The execution first: when it has ended, all that its steps have recorded is read after that.
  private boolean tell(Look look, ExecutionView execution, ExecutionFeed.Watcher watcher)
      throws Exception {
    boolean any = false;
    boolean ended = execution.status().ended();
    if (!ended && look.isNews(execution)) {
      watcher.execution(execution, look.mark);
      any = true;
    }
    for (var step : steps.steps(look.id, look.definition, state(execution.status()))) {
      if (look.isNews(step)) {
        watcher.step(step, look.mark);
        any = true;
      }
    }
    if (ended) {
      watcher.execution(execution, look.mark);
    }
    return any || ended;
  }

  private static JobState state(ExecutionStatus status) {
    return switch (status) {
      case PENDING, QUEUED -> JobState.QUEUED;
      case RUNNING -> JobState.WORKING;
      case WAITING -> JobState.WAITING;
      case COMPLETED -> JobState.DONE;
      case FAILED, TIMED_OUT -> JobState.DEADLETTER;
      case CANCELLED -> JobState.CANCELLED;
    };
  }
}
