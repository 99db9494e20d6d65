package io.sluice.workflow.triggers;

import io.sluice.workflow.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a job that fires a trigger is given.
///
/// @param event what fires it; null: the clock, at the time that the job was due
/// @param depth in the chain, for events
record FireRequest(UUID trigger, @Nullable Json event, int depth) {
  /// By the clock.
  static FireRequest byTime(UUID trigger) {
    return new FireRequest(trigger, null, 1);
  }
}
