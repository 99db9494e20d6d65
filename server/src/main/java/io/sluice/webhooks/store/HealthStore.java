package io.sluice.webhooks.store;

import io.sluice.engine.Tx;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How a webhook's receiver fares, on the transaction that records an attempt.
public final class HealthStore {
  static final String SUCCEEDED =
      """
      update sluice.webhook set failing_since = null, exhausted_in_row = 0, throttled_until = null
      where webhook_id = :id and (failing_since is not null or exhausted_in_row > 0 or throttled_until is not null)
      """;

  static final String FAILED =
      """
      update sluice.webhook set failing_since = coalesce(failing_since, now()),
        exhausted_in_row = exhausted_in_row + :exhausted,
        throttled_until = greatest(throttled_until, now() + :pauseMillis * interval '1 millisecond')
      where webhook_id = :id
      returning now() - failing_since >= :longestMillis * interval '1 millisecond', exhausted_in_row
      """;

  /// Of two attempts that disable, one does.
  static final String DISABLE =
      """
      update sluice.webhook set enabled = false, disabled_at = now(), disabled_reason = :reason, version = version + 1,
        updated_at = now()
      where webhook_id = :id and enabled
      """;

  private final JdbcClient jdbc;

  private HealthStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// On a transaction.
  public static HealthStore on(Tx tx) {
    return new HealthStore(OnTransaction.of(tx));
  }

  /// What came back was good.
  public void succeeded(UUID webhook) {
    jdbc.sql(SUCCEEDED).param("id", webhook).update();
  }

  /// A failure.
  ///
  /// @param exhausted whether it was the last attempt of its delivery
  /// @param pause that all deliveries make; null: none
  public record Failure(UUID webhook, boolean exhausted, @Nullable Duration pause) {}

  /// How long it has been failing.
  ///
  /// @param tooLong longer than is borne with
  /// @param exhaustedInRow deliveries in a row that ran out of attempts
  public record Streak(boolean tooLong, int exhaustedInRow) {}

  /// Counts a failure.
  ///
  /// @return empty if the webhook is gone
  public Optional<Streak> failed(Failure failure, Duration longest) {
    return jdbc.sql(FAILED)
        .param("id", failure.webhook())
        .param("exhausted", failure.exhausted() ? 1 : 0)
        .param(
            "pauseMillis",
            failure.pause() == null ? null : failure.pause().toMillis(),
            Types.BIGINT)
        .param("longestMillis", longest.toMillis())
        .query((row, _) -> new Streak(row.getBoolean(1), row.getInt(2)))
        .optional();
  }

  /// Disables a webhook.
  ///
  /// @return false if it was disabled already
  public boolean disable(UUID webhook, String reason) {
    return jdbc.sql(DISABLE).param("id", webhook).param("reason", reason).update() == 1;
  }
}
