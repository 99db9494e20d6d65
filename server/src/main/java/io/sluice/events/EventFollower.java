package io.sluice.events;

/// Acts on every event, wherever it was announced: a bean of this type is called by [Following].
/// What was acted on is its own to remember, in the database, so that several nodes may follow.
public interface EventFollower {
  /// Looks for events that were not acted on, and acts on some. Never called twice at once in one
  /// node.
  ///
  /// @return whether there may be more already
  boolean look();
}
