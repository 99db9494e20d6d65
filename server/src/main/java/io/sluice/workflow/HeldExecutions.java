package io.sluice.workflow;

import java.util.Map;
import java.util.UUID;

/// Which executions are held, as the database says: with each, those that its steps wait for. Asked
/// about once a second by each node on which steps begin.
public interface HeldExecutions {
  /// By execution, who holds it.
  Map<UUID, String> held();
}
