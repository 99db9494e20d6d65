package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Waits, holding nothing. Gives the payload of the signal or event; null for a time or after a
/// time-out that lets it go on.
///
/// @param what what it waits for
/// @param timeout how long it waits for a signal or an event; null: for ever
/// @param onTimeout what happens then
public record Wait(For what, @Nullable Duration timeout, OnTimeout onTimeout) implements Config {
  /// What is waited for.
  public sealed interface For {
    /// A time span: renders to an ISO 8601 duration, or to a number of seconds.
    record Elapsed(Template duration) implements For {}

    /// A point in time: renders to RFC 3339. One that is past does not wait.
    record Until(Template time) implements For {}

    /// A signal to this execution.
    record Signal(Template name) implements For {}

    /// An event of this tenant's.
    ///
    /// @param type e.g. `document.ready`
    /// @param filter over the variables and `event`; null: any event of the type
    record Event(String type, @Nullable Expression filter) implements For {}
  }

  @Override
  public StepType type() {
    return StepType.WAIT;
  }
}
