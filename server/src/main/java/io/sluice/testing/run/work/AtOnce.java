package io.sluice.testing.run.work;

import io.sluice.engine.Kind;
import io.sluice.engine.LimitRule;
import io.sluice.engine.Operations;
import io.sluice.testing.run.work.Kinds.ExecuteInput;
import io.sluice.testing.run.work.Kinds.ExecuteReceipt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Holds a run to as many executions at once as its suite says, on all nodes together: by a limit
/// of the engine's for each number, with a key for each run. An execution that waits, for its
/// validation or for a person, does not count.
@Component
class AtOnce {
  private final ObjectProvider<Operations> operations;
  private final Kinds kinds;
  private final Set<Integer> declared = ConcurrentHashMap.newKeySet();

  AtOnce(ObjectProvider<Operations> operations, Kinds kinds) {
    this.operations = operations;
    this.kinds = kinds;
  }

  /// The kind by which executions are enqueued; the key of the limit is the run.
  ///
  /// @param most null: as many as the server likes
  Kind<ExecuteInput, ExecuteReceipt> kind(@Nullable Integer most) {
    if (most == null) {
      return kinds.execute();
    }
    var rule = LimitRule.concurrency("test-run-" + most, most);
    if (!declared.contains(most)) {
      operations.getObject().limit(rule);
      declared.add(most);
    }
    return kinds.execute().withLimit(rule);
  }
}
