package io.sluice.testing.run;

import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Starts workflows for tests of them: applications do not call each other, so that whoever sees
/// both implements it.
public interface WorkflowStarter {
  /// Starts an execution in the caller's transaction, its job a child of the family's parent.
  ///
  /// @return the execution
  /// @throws io.sluice.platform.Problem if there is no such workflow, or it refuses the input
  UUID start(Tx tx, TenantId tenant, Start start);

  /// How an execution ended, whose job has ended.
  End end(TenantId tenant, UUID execution);

  /// What to start.
  ///
  /// @param workflow which one and which version: `name`, `name@3`, `name@live`
  /// @param input plain JSON
  record Start(String workflow, @Nullable Object input, Jobs.Family family) {}

  /// How it ended.
  ///
  /// @param status `completed`, `failed`, `cancelled`, `timed_out`
  /// @param output plain JSON
  /// @param error plain JSON; null: there was none
  record End(String status, @Nullable Object output, @Nullable Object error) {}
}
