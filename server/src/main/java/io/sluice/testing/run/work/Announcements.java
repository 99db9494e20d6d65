package io.sluice.testing.run.work;

import io.sluice.engine.JobEvent;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Tells whoever watches. The subject of every event is the run.
@Component
class Announcements {
  /// The type of all of them.
  static final String TYPE = "test";

  private final ObjectProvider<Operations> operations;

  Announcements(ObjectProvider<Operations> operations) {
    this.operations = operations;
  }

  /// Something of a run, if the transaction commits.
  ///
  /// @param code e.g. `test.run.completed`
  void tell(Tx tx, TenantId tenant, UUID run, String code, Map<String, ?> payload) {
    operations
        .getObject()
        .publish(tx, tenant, new JobEvent(TYPE, JobEvent.Severity.INFO, code, run, payload));
  }
}
