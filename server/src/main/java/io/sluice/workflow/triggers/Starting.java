package io.sluice.workflow.triggers;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.Tx;
import io.sluice.platform.Problem;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.ExecutionRequest.Options;
import io.sluice.workflow.ExecutionView.Origin;
import io.sluice.workflow.Executions;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.Reference;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.store.FiringStore.Fate;
import io.sluice.workflow.triggers.store.TriggerRow;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Starts the execution that a firing is for.
@Component
class Starting {
  private static final int MOST_FAULTS = 5;

  private final Executions executions;
  private final SpringTx transactions;
  private final Filters filters;

  Starting(Executions executions, SpringTx transactions, Filters filters) {
    this.executions = executions;
    this.transactions = transactions;
    this.filters = filters;
  }

  /// Starts it, in a transaction that runs. What can not work is the firing's fate, and undone down
  /// to where the start began; what may work later is thrown.
  Fate start(TriggerRow trigger, Cause cause) {
    try {
      var request = request(trigger, cause);
      return Fate.started(transactions.nested(tx -> start(tx, trigger, request)).id());
    } catch (Problem problem) {
      if (problem.retryable()) {
        throw problem;
      }
      return Fate.nothing(FiringOutcome.FAILED, problem.code(), text(problem));
    } catch (EngineProblem problem) {
      if (problem.retryable() && !unkeepable(problem)) {
        throw problem;
      }
      return Fate.nothing(
          FiringOutcome.FAILED,
          "BAD_INPUT",
          "The input is too large, or has characters that the database can not keep");
    }
  }

  private Executions.Started start(Tx tx, TriggerRow trigger, ExecutionRequest request) {
    return executions.start(tx, trigger.tenant(), request);
  }

  private ExecutionRequest request(TriggerRow trigger, Cause cause) {
    var said = trigger.said();
    var which =
        new Reference(Objects.requireNonNull(said.workflow()), said.version(), said.alias());
    var origin =
        new Origin(
            cause.why().sql(),
            trigger.id(),
            "trigger " + trigger.name() + ": " + cause.by(),
            null,
            null,
            null);
    return new ExecutionRequest(which, input(trigger, cause), null, Options.NONE, origin);
  }

  /// What the template makes of what came.
  private @Nullable Object input(TriggerRow trigger, Cause cause) {
    var template = trigger.said().input();
    if (template == null) {
      return cause.plain();
    }
    return filters.render(template, variables(trigger, cause));
  }

  private static Map<String, @Nullable Object> variables(TriggerRow trigger, Cause cause) {
    var about = new LinkedHashMap<String, @Nullable Object>();
    about.put("id", trigger.id().toString());
    about.put("name", trigger.name());
    about.put("type", Objects.requireNonNull(trigger.said().type()).sql());
    var variables = new LinkedHashMap<String, @Nullable Object>();
    variables.put("trigger", about);
    variables.put(cause.name(), cause.value());
    return variables;
  }

  /// What PostgreSQL refuses for what it is, it will refuse again: class 22, data exception.
  private static boolean unkeepable(EngineProblem problem) {
    return problem.getCause() instanceof SQLException sql
        && String.valueOf(sql.getSQLState()).startsWith("22");
  }

  private static String text(Problem problem) {
    var detail = String.valueOf(problem.getMessage());
    return problem.faults().isEmpty()
        ? detail
        : detail
            + ": "
            + problem.faults().stream()
                .limit(MOST_FAULTS)
                .map(f -> f.pointer() + " " + f.detail())
                .collect(Collectors.joining("; "));
  }
}
