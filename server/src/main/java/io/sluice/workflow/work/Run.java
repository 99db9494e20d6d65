package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.PermanentFailure;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.steps.StepCall;
import io.sluice.workflow.steps.Time;
import io.sluice.workflow.steps.Variables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One block on its way, in one run of its job: what its steps share.
///
/// @param execution whose it is, also where the job is an item's
/// @param concurrency how many steps of a block run at once
/// @param deadline of the execution; null: none
/// @param blockDeadline of the step that the block is in; null: none
/// @param suffix of the names of records: the blocks that follow a failure have one for each
///   failure but the first
/// @param items which items of the FOR_EACHs around it, outermost first
/// @param failure the first failure that nobody has handled: nothing more begins
/// @param around the block that this one lies in
/// @param completed steps that can be undone
public record Run(
    JobContext job,
    Plan plan,
    UUID execution,
    ExecutionInput input,
    Variables variables,
    int concurrency,
    @Nullable Instant deadline,
    @Nullable Instant blockDeadline,
    String suffix,
    List<Integer> items,
    AtomicReference<@Nullable PermanentFailure> failure,
    @Nullable Run around,
    List<Completed> completed) {

  /// A step that has ended well and can be undone.
  public record Completed(Step step, Instant at) {}

  static Run of(
      JobContext job, Plan plan, UUID execution, ExecutionInput input, Variables variables) {
    var timeout =
        input.overrides().timeout() == null
            ? plan.definition().timeout()
            : input.overrides().timeout();
    var concurrency = input.overrides().concurrency();
    return new Run(
        job,
        plan,
        execution,
        input,
        variables,
        concurrency == null ? plan.definition().concurrency() : concurrency,
        timeout == null ? null : input.startedAt().plus(timeout),
        null,
        "",
        List.of(),
        new AtomicReference<>(),
        null,
        new CopyOnWriteArrayList<>());
  }

  /// A block inside of a step: what fails there stops only what lies there.
  Run inside(@Nullable Instant until) {
    return new Run(
        job,
        plan,
        execution,
        input,
        variables,
        concurrency,
        deadline,
        until,
        suffix,
        items,
        new AtomicReference<>(),
        this,
        completed);
  }

  /// The steps of an item, in a scope of its own.
  Run item(JobContext scope, Variables own, int index) {
    return new Run(
        scope,
        plan,
        execution,
        input,
        own,
        concurrency,
        deadline,
        blockDeadline,
        suffix,
        with(index),
        new AtomicReference<>(),
        this,
        new CopyOnWriteArrayList<>());
  }

  /// Whether this is the block of an item that has a job to itself.
  boolean isItemJob() {
    return around != null && around.around() == null && !execution.equals(job.id().value());
  }

  private List<Integer> with(int index) {
    var all = new ArrayList<>(items);
    all.add(index);
    return List.copyOf(all);
  }

  /// As part of the items of another job.
  ///
  /// @param until when the time of the FOR_EACH is over; null: never
  Run within(List<Integer> around, @Nullable Instant until) {
    return new Run(
        job,
        plan,
        execution,
        input,
        variables,
        concurrency,
        deadline,
        until,
        suffix,
        around,
        failure,
        this.around,
        completed);
  }

  /// Steps that follow from a failure: they have all the time they need, and begin although
  /// something has failed.
  Run after(Variables seen, String names) {
    return new Run(
        job,
        plan,
        execution,
        input,
        seen,
        concurrency,
        null,
        null,
        names,
        items,
        new AtomicReference<>(),
        null,
        new CopyOnWriteArrayList<>());
  }

  /// Steps that handle the failure of one step, in its place.
  Run handling(Variables seen) {
    return new Run(
        job,
        plan,
        execution,
        input,
        seen,
        concurrency,
        deadline,
        blockDeadline,
        suffix,
        items,
        new AtomicReference<>(),
        this,
        completed);
  }

  /// The name of a step's record.
  String name(Step step) {
    return step.id() + suffix;
  }

  /// The first failure here or around.
  @Nullable PermanentFailure failed() {
    for (@Nullable Run at = this; at != null; at = at.around()) {
      var failure = at.failure().get();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /// What an attempt of a step works with.
  StepCall call(Step step, Machinery machinery, int attempt, @Nullable Instant until) {
    var time = new Time(machinery.clock(), earlier(until, blockDeadline), deadline);
    return new StepCall(execution, input, job, name(step), step, items, variables, attempt, time);
  }

  static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
