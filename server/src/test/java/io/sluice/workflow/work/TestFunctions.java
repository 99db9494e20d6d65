package io.sluice.workflow.work;

import io.sluice.workflow.WorkflowFunction;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Functions that the server has while it is tested: Spring finds them beside the server's own.
final class TestFunctions {
  private TestFunctions() {}

  /// Counts by inserting a row, and fails the first time.
  @Component
  static class Inserter implements WorkflowFunction {
    static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
      return "test.insert";
    }

    @Override
    public boolean transactional() {
      return true;
    }

    @Override
    public Object run(@Nullable Object arguments, Call call) throws SQLException {
      try (var s =
          call.transaction()
              .prepareStatement(
                  "insert into sluice.workflow_event_wait (execution_id, step, tenant_id, type, since) values (?, ?, ?, 'none', now())")) {
        s.setObject(1, call.execution());
        s.setString(2, "inserted-" + call.step());
        s.setObject(3, call.tenant().value());
        s.executeUpdate();
      }
      if (FAILED.add(call.idempotencyKey())) {
        throw new IllegalStateException("the first time");
      }
      return Map.of("inserted", true);
    }
  }

  /// Waits until it is interrupted.
  @Component
  static class Sleeper implements WorkflowFunction {
    @Override
    public String name() {
      return "test.sleep";
    }

    @Override
    public Object run(@Nullable Object arguments, Call call) throws InterruptedException {
      new CountDownLatch(1).await(60, TimeUnit.SECONDS);
      return "never";
    }
  }
}
