package io.sluice.workflow;

import java.util.Optional;
import java.util.UUID;

/// Whether an execution may begin its next step. Asked before each step.
///
/// An execution that is held rests where it is, and with it the items of its FOR_EACHs and the
/// executions that its steps wait for. Whoever releases it sends all of them a signal of any name,
/// upon which they look again; so do they by themselves, now and then.
public interface ExecutionControl {
  /// Nothing is held.
  ExecutionControl FREE = _ -> Optional.empty();

  /// Who holds an execution; empty if nobody does.
  ///
  /// Answers from memory, as things were a second ago at the most.
  Optional<String> heldBy(UUID execution);

  /// As above, as things are now: asked by whoever is about to rest for long.
  default Optional<String> stillHeldBy(UUID execution) {
    return heldBy(execution);
  }
}
