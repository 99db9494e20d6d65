package io.sluice.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What differs from what the kind says. Start from [#DEFAULT].
///
/// @param tenant whose work it is
/// @param runAt not before this time; null: now
/// @param priority lower is more urgent, −100 to 100: each step counts as 30 s of waiting; null:
///   the kind's
/// @param uniqueKey makes the enqueue idempotent; null: every call makes a job
/// @param limitValue the key of the kind's limit, e.g. a service or a customer; null: one key for
///   all
/// @param deadline the job must have ended this long after it was enqueued; null: the kind's
/// @param queue another queue than the kind's; null: the kind's
public record EnqueueOptions(
    TenantId tenant,
    @Nullable Instant runAt,
    @Nullable Integer priority,
    @Nullable UniqueKey uniqueKey,
    @Nullable String limitValue,
    @Nullable Duration deadline,
    @Nullable String queue) {
  /// As the kind says, for the default tenant.
  public static final EnqueueOptions DEFAULT =
      new EnqueueOptions(TenantId.DEFAULT, null, null, null, null, null, null);

  /// Checks the numbers.
  public EnqueueOptions {
    if (priority != null && (priority < -100 || priority > 100)) {
      throw new IllegalArgumentException("priority must be -100 to 100, not " + priority);
    }
  }

  /// For a tenant.
  public static EnqueueOptions of(TenantId tenant) {
    return DEFAULT.withTenant(tenant);
  }

  /// Another tenant.
  public EnqueueOptions withTenant(TenantId value) {
    return new EnqueueOptions(value, runAt, priority, uniqueKey, limitValue, deadline, queue);
  }

  /// Not before this time.
  public EnqueueOptions withRunAt(Instant value) {
    return new EnqueueOptions(tenant, value, priority, uniqueKey, limitValue, deadline, queue);
  }

  /// Another urgency.
  public EnqueueOptions withPriority(int value) {
    return new EnqueueOptions(tenant, runAt, value, uniqueKey, limitValue, deadline, queue);
  }

  /// Idempotent by this key.
  public EnqueueOptions withUniqueKey(UniqueKey value) {
    return new EnqueueOptions(tenant, runAt, priority, value, limitValue, deadline, queue);
  }

  /// Counted against this key of the kind's limit.
  public EnqueueOptions withLimitValue(String value) {
    return new EnqueueOptions(tenant, runAt, priority, uniqueKey, value, deadline, queue);
  }

  /// To be ended within this time.
  public EnqueueOptions withDeadline(Duration value) {
    return new EnqueueOptions(tenant, runAt, priority, uniqueKey, limitValue, value, queue);
  }

  /// In another queue.
  public EnqueueOptions withQueue(String value) {
    return new EnqueueOptions(tenant, runAt, priority, uniqueKey, limitValue, deadline, value);
  }
}
