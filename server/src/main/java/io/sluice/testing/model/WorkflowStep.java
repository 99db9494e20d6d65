package io.sluice.testing.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Executes a workflow.
///
/// @param workflow which one and which version: `name`, `name@3`, `name@live`
/// @param input what it is given; null: nothing
/// @param extract by name, over `status`, `output` and `error`: later steps read them as
///   `${vars.NAME}`
public record WorkflowStep(
    String title,
    String workflow,
    @Nullable Template input,
    Map<String, Expression> extract,
    Result expect)
    implements Step {

  /// What should come of it.
  ///
  /// @param status how the execution ends: `completed`, `failed`
  /// @param paths what stands at a place of the output; compared as JSON
  /// @param assertions over `status`, `output`, `error`, `timeMs`, and what stands in [TestScope]
  /// @param schema a JSON Schema of the output, as plain JSON; null: any
  /// @param maxTime until it has ended; null: the case's timeout
  public record Result(
      String status,
      Map<JsonPath, Template> paths,
      List<Expression> assertions,
      @Nullable Map<String, @Nullable Object> schema,
      @Nullable Duration maxTime) {}
}
