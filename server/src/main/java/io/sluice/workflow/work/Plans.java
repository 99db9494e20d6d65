package io.sluice.workflow.work;

import java.util.UUID;

/// Plans by the id of a version.
@FunctionalInterface
public interface Plans {
  /// The plan of a version; the same one each time, as long as it is used.
  ///
  /// @throws io.sluice.engine.PermanentFailure `UNKNOWN_VERSION` if it was deleted
  Plan of(UUID versionId);
}
