package io.sluice.workflow;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.util.UUID;

/// Starts executions that steps ask for and do not wait for, as those are started that people ask
/// for: listed, with all that belongs to one.
public interface ExecutionStarter {
  /// Starts one in the caller's transaction.
  ///
  /// @return its id
  UUID start(Tx tx, TenantId tenant, ExecutionInput input);
}
