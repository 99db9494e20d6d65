package io.sluice.workflow;

import io.sluice.engine.TenantId;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A function that steps of type FUNCTION_CALL call by name: every bean of this type is registered.
public interface WorkflowFunction {
  /// Its name, unique in the server.
  String name();

  /// A JSON Schema of its arguments, as plain JSON; null: anything.
  default @Nullable Map<String, @Nullable Object> inputs() {
    return null;
  }

  /// Whether it runs in a transaction that commits together with the record of it: exactly once.
  default boolean transactional() {
    return false;
  }

  /// Does it. May run again after a crash, unless it is transactional. May be interrupted.
  ///
  /// @param arguments plain JSON
  /// @return plain JSON
  @Nullable Object run(@Nullable Object arguments, Call call) throws Exception;

  /// Who calls.
  ///
  /// @param idempotencyKey the same for every run of the same step of the same execution
  /// @param connection of the transaction; null where there is none
  record Call(
      TenantId tenant,
      UUID execution,
      String step,
      String idempotencyKey,
      @Nullable Connection connection) {
    /// The connection of the transaction.
    public Connection transaction() {
      if (connection == null) {
        throw new IllegalStateException("the function does not say that it is transactional");
      }
      return connection;
    }
  }
}
