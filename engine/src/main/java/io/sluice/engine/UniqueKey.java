package io.sluice.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes an enqueue idempotent: among the jobs of one tenant and kind, one holds the key.
///
/// @param value the key
/// @param retainedFor how long the key is held, from the enqueue; null: until the job has ended
public record UniqueKey(String value, @Nullable Duration retainedFor) {
  /// Held until the job that has it has ended.
  public static UniqueKey whileLive(String value) {
    return new UniqueKey(value, null);
  }

  /// Held for a time, whether or not the job has ended.
  public static UniqueKey retained(String value, Duration time) {
    return new UniqueKey(value, time);
  }
}
