package io.sluice.workflow;

import io.sluice.engine.HistoryLine;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Executions of workflows: started, watched, turned.
///
/// Every method that takes an id throws [ExecutionProblem.Unknown] if the tenant has no such
/// execution.
public interface Executions {
  /// What a start did.
  ///
  /// @param created false if the key was used before: that execution is named
  record Started(UUID id, boolean created) {}

  /// Starts an execution: its row and its job, or nothing.
  ///
  /// @throws ExecutionProblem.BadInput if the input breaks the definition's schema
  Started start(TenantId tenant, ExecutionRequest request);

  /// As above, in the caller's transaction.
  Started start(Tx tx, TenantId tenant, ExecutionRequest request);

  /// As above, its job a child of another one, which waits for it and takes it along when it is
  /// cancelled. A key in the request is refused.
  Started startChild(Tx tx, TenantId tenant, ExecutionRequest request, Jobs.Family family);

  /// Starts one for each input, all or none. A key in the request is refused.
  List<UUID> startAll(TenantId tenant, ExecutionRequest request, List<@Nullable Object> inputs);

  /// Starts a definition that is in no workflow.
  ///
  /// @param source JSON or YAML
  Started startAdHoc(TenantId tenant, String source, ExecutionRequest request);

  /// Waits for the end.
  ///
  /// @return the execution with its input and output; empty if it had not ended in time
  Optional<ExecutionView> await(TenantId tenant, UUID id, Duration patience);

  /// An execution with its input and output.
  ExecutionView get(TenantId tenant, UUID id);

  /// An execution without its input and output.
  ExecutionView look(TenantId tenant, UUID id);

  /// Executions, newest first, without input and output.
  ///
  /// @param before only those older than this one; null: from the newest
  List<ExecutionView> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit);

  /// Every step of the definition, in the order in which they are written, without values.
  List<StepView> steps(TenantId tenant, UUID id);

  /// One step with its values.
  StepView step(TenantId tenant, UUID id, String step);

  /// Items of a FOR_EACH, in their order.
  ///
  /// @param from the first index wanted
  List<StepView.Item> items(TenantId tenant, UUID id, String step, long from, int limit);

  /// What an expression in this execution would see: `input`, `context`, `steps`, `execution`.
  Map<String, @Nullable Object> variables(TenantId tenant, UUID id);

  /// The whole history, oldest first.
  List<HistoryLine> transitions(TenantId tenant, UUID id);

  /// Cancels it with all that it has started.
  ///
  /// @throws ExecutionProblem.NotNow if it has ended
  ExecutionView cancel(TenantId tenant, UUID id, String who);

  /// Lets no new step begin, within a second; what runs goes on to its end.
  ///
  /// @throws ExecutionProblem.NotNow if it has ended
  ExecutionView pause(TenantId tenant, UUID id, String who);

  /// Undoes [#pause].
  ExecutionView resume(TenantId tenant, UUID id, String who);

  /// Sends a failed or cancelled execution on from the step that failed.
  ///
  /// @throws ExecutionProblem.NotNow if there is nothing to retry, or if steps have been
  ///   compensated
  ExecutionView retry(TenantId tenant, UUID id, String who);

  /// Sends a signal to it.
  ///
  /// @throws ExecutionProblem.BadInput if a HUMAN_TASK waits for it and the payload breaks its form
  /// @throws ExecutionProblem.Answered if a person, or another signal, was quicker
  void signal(TenantId tenant, UUID id, Address to, @Nullable Object payload);

  /// Where a signal goes.
  ///
  /// @param name of the signal, or the id of the step that waits for an answer
  /// @param items which items of the FOR_EACHs around that step, outermost first; empty outside of
  ///   them
  record Address(String name, List<Integer> items) {
    /// Outside of FOR_EACHs.
    public static Address of(String name) {
      return new Address(name, List.of());
    }
  }

  /// How a fork is to be.
  ///
  /// @param fromStep the first step that runs again; what depends on it runs again too
  /// @param input null: that of the original
  /// @param keepInput whether the original's input is kept
  /// @param version of the same workflow; null: that of the original
  /// @param outputs by step, what it is to have given
  record Fork(
      String fromStep,
      @Nullable Object input,
      boolean keepInput,
      @Nullable Integer version,
      Map<String, @Nullable Object> outputs) {}

  /// What a fork did.
  ///
  /// @param carriedOver steps that do not run again
  /// @param differing steps that stand before, but whose definition has changed, or that come after
  ///   one that has: they run again
  record Forked(UUID id, List<String> carriedOver, List<String> differing) {}

  /// Begins a new execution at a step of an old one.
  Forked fork(TenantId tenant, UUID id, Fork fork, String who);

  /// An execution beside the one that it was forked from.
  ///
  /// @param original the execution that it was forked from
  /// @param steps those that differ in state or output, or are in one of them only
  record Comparison(ExecutionView fork, ExecutionView original, List<Difference> steps) {}

  /// A step in both.
  record Difference(
      String step,
      StepView.@Nullable State state,
      StepView.@Nullable State originalState,
      @Nullable Object output,
      @Nullable Object originalOutput) {}

  /// Compares a fork with what it was forked from.
  ///
  /// @throws ExecutionProblem.NotNow if it is no fork
  Comparison compare(TenantId tenant, UUID id);
}
