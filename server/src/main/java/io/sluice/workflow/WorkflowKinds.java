package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.sluice.engine.Kind;
import io.sluice.engine.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The kinds of jobs that executions are made of.
///
/// Their attempts are for what lies outside of a workflow, the worker and the database; what a step
/// tries again is its own affair.
public final class WorkflowKinds {
  /// An execution. Its result is the workflow's output.
  public static final Kind<ExecutionInput, Json> EXECUTION =
      Kind.of("workflow.execution", ExecutionInput.class, Json.class)
          .inQueue("workflows")
          .withRetry(RetryPolicy.exponential(8, Duration.ofSeconds(1), Duration.ofMinutes(1)))
          .withAttemptTimeout(Duration.ofHours(12));

  /// The items of a FOR_EACH that are many: cancelled together by cancelling this one.
  public static final Kind<FanInput, Json> FAN =
      Kind.of("workflow.fan", FanInput.class, Json.class)
          .inQueue("workflows")
          .withRetry(EXECUTION.retry())
          .withAttemptTimeout(Duration.ofHours(12));

  /// One item of a FOR_EACH. Its result is what the item gives.
  public static final Kind<ItemInput, Json> ITEM =
      Kind.of("workflow.item", ItemInput.class, Json.class)
          .inQueue("workflow-items")
          .withRetry(EXECUTION.retry())
          .withAttemptTimeout(Duration.ofHours(12));

  /// What is appended to the id of a FOR_EACH for the job of its items.
  public static final String FAN_GROUP = "#fan";

  /// What is appended to the id of a SUB_WORKFLOW for the execution that it waits for.
  public static final String RUN_GROUP = "#run";

  /// What is appended to the id of a FOR_EACH for the record of [Shared].
  public static final String SHARED = "#shared";

  private WorkflowKinds() {}

  /// Which FOR_EACH.
  ///
  /// @param execution whose step it is, however deep: what is paused
  /// @param parent the job that runs it, and has recorded [Shared] under its id and [#SHARED]
  /// @param scope where in that job
  /// @param step its id
  /// @param items which items of the FOR_EACHs around it; null: none, or an older server's
  /// @param until when the time of the step is over; null: never
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record FanInput(
      UUID execution,
      UUID parent,
      String scope,
      String step,
      @JsonInclude(Include.NON_EMPTY) @Nullable List<Integer> items,
      @JsonInclude(Include.NON_NULL) @Nullable Instant until) {}

  /// An item.
  ///
  /// @param fan the job of all items
  /// @param index its place, from 0
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ItemInput(
      UUID fan,
      int index,
      @JsonInclude(value = Include.ALWAYS, content = Include.ALWAYS) @Nullable Object item) {}

  /// What the steps of all items may refer to, recorded once.
  ///
  /// @param execution as it was given
  /// @param variables those parts of the variables that the nested steps name
  /// @param tolerated how many items may fail
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Shared(
      ExecutionInput execution,
      @JsonInclude(value = Include.ALWAYS, content = Include.ALWAYS)
          Map<String, @Nullable Object> variables,
      int tolerated) {}
}
