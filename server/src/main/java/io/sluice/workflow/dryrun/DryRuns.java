package io.sluice.workflow.dryrun;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.Reference;
import io.sluice.workflow.work.Definitions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Dry runs of stored workflows.
@Component
public class DryRuns {
  private final Definitions definitions;
  private final IdSource ids;

  DryRuns(Definitions definitions, IdSource ids) {
    this.definitions = definitions;
    this.ids = ids;
  }

  /// Runs a version with what its steps are given, without a call.
  ///
  /// @param results as [Given#read] takes them
  /// @throws ExecutionProblem.BadRequest if they can not be read
  public DryRunReport run(
      TenantId tenant,
      Reference workflow,
      @Nullable Object input,
      Map<String, ? extends @Nullable Object> results) {
    var definition = definitions.resolve(tenant, workflow, ids.next()).definition();
    try {
      return DryRun.run(definition, input, Given.read(results));
    } catch (IllegalArgumentException e) {
      throw new ExecutionProblem.BadRequest("/results", String.valueOf(e.getMessage()));
    }
  }
}
