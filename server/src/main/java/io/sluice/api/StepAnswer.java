package io.sluice.api;

import io.sluice.workflow.Json;
import io.sluice.workflow.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step as HTTP shows it.
///
/// @param durationMillis from the beginning of its last attempt to its end
/// @param input only for a single one
/// @param output only for a single one
record StepAnswer(
    String stepId,
    String name,
    String type,
    String state,
    @Nullable String parent,
    @Nullable String block,
    List<String> dependsOn,
    int attempts,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant dueAt,
    @Nullable Long durationMillis,
    ExecutionAnswer.@Nullable Failure error,
    StepView.@Nullable Items items,
    @Nullable Json input,
    @Nullable Json output) {

  static StepAnswer of(StepView step) {
    return new StepAnswer(
        step.id(),
        step.name(),
        step.type(),
        step.state().json(),
        step.parent(),
        step.block(),
        step.dependsOn(),
        step.attempts(),
        step.startedAt(),
        step.finishedAt(),
        step.dueAt(),
        duration(step),
        ExecutionAnswer.Failure.of(step.error()),
        step.items(),
        ExecutionAnswer.json(step.input()),
        ExecutionAnswer.json(step.output()));
  }

  private static @Nullable Long duration(StepView step) {
    return step.startedAt() == null || step.finishedAt() == null
        ? null
        : Duration.between(step.startedAt(), step.finishedAt()).toMillis();
  }

  /// An item of a FOR_EACH.
  record Item(
      long index,
      String status,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      int attempts,
      ExecutionAnswer.@Nullable Failure error,
      @Nullable Json output) {
    static Item of(StepView.Item item) {
      return new Item(
          item.index(),
          item.status().sql(),
          item.startedAt(),
          item.finishedAt(),
          item.attempts(),
          ExecutionAnswer.Failure.of(item.error()),
          ExecutionAnswer.json(item.output()));
    }
  }
}
