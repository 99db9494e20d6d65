package io.sluice.api;

import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionFilter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One sort of thing that is executed. Lists of executions are merged of all sorts.
interface ExecutionSource {
  /// Its name in `?type=`.
  String type();

  /// One of them.
  Optional<ExecutionAnswer> find(TenantId tenant, UUID id);

  /// Those that match, newest first, by falling id.
  ///
  /// @param before only those older than this one; null: from the newest
  List<ExecutionAnswer> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit);
}
