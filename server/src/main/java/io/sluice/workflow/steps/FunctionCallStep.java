package io.sluice.workflow.steps;

import io.sluice.engine.StepKey;
import io.sluice.platform.TimeLimit;
import io.sluice.sources.JsonSchema;
import io.sluice.workflow.Json;
import io.sluice.workflow.WorkflowFunction;
import io.sluice.workflow.model.FunctionCall;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// FUNCTION_CALL. Gives what the function returns.
final class FunctionCallStep {
  private final Map<String, WorkflowFunction> functions;
  private final TimeLimit limits;

  FunctionCallStep(List<WorkflowFunction> functions, TimeLimit limits) {
    this.functions =
        functions.stream().collect(Collectors.toMap(WorkflowFunction::name, Function.identity()));
    this.limits = limits;
  }

  StepResult run(FunctionCall config, StepCall call) throws Exception {
    var function = functions.get(config.function());
    if (function == null) {
      throw StepFailure.lasting(
          "UNKNOWN_FUNCTION",
          "This server has no function '" + config.function() + "'; it has " + functions.keySet());
    }
    var arguments = call.render(config.arguments());
    check(function, arguments);
    var key = StepKey.current().map(StepKey::value).orElse(call.path());
    var output =
        function.transactional()
            ? inTransaction(function, arguments, call, key)
            : limited(function, arguments, call, call(call, key, null));
    return new StepResult(output, arguments);
  }

  private static void check(WorkflowFunction function, @Nullable Object arguments) {
    var schema = function.inputs();
    var misfits =
        schema == null ? List.<JsonSchema.Misfit>of() : JsonSchema.of(schema).check(arguments);
    if (!misfits.isEmpty()) {
      throw StepFailure.lasting(
          "BAD_ARGUMENTS",
          "Function '"
              + function.name()
              + "' does not take these arguments: "
              + misfits.getFirst());
    }
  }

  /// What the function writes and the record of what it returned are one commit. A failure is
  /// carried out of the transaction as it is, so that this attempt leaves no record.
  private @Nullable Object inTransaction(
      WorkflowFunction function, @Nullable Object arguments, StepCall call, String key)
      throws Exception {
    var value =
        call.job()
            .transaction(
                call.beside("transaction"),
                Json.class,
                tx -> {
                  try {
                    return new Json(
                        limited(function, arguments, call, call(call, key, tx.connection())));
                  } catch (InterruptedException e) {
                    throw e;
                  } catch (Exception e) {
                    throw new CarriedFailure(e);
                  }
                });
    return value == null ? null : value.value();
  }

  private @Nullable Object limited(
      WorkflowFunction function,
      @Nullable Object arguments,
      StepCall call,
      WorkflowFunction.Call with)
      throws Exception {
    return limits.within(call.limit(), () -> function.run(arguments, with));
  }

  private static WorkflowFunction.Call call(
      StepCall call, String key, @Nullable Connection connection) {
    return new WorkflowFunction.Call(
        call.job().tenant(), call.execution(), call.step().id(), key, connection);
  }
}
