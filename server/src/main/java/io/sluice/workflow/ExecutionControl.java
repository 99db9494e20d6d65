package io.sluice.workflow;

import java.util.Optional;
import java.util.UUID;

/// Whether an execution may begin its next step. Asked before each step; answers from memory.
///
/// An execution that is held rests where it is; whoever releases it sends its job a signal of any
/// name, upon which it looks again. Items of a FOR_EACH are jobs of their own that are held with
/// their execution: they look again by themselves.
public interface ExecutionControl {
  /// Nothing is held.
  ExecutionControl FREE = _ -> Optional.empty();

  /// Who holds an execution; empty if nobody does.
  Optional<String> heldBy(UUID execution);
}
