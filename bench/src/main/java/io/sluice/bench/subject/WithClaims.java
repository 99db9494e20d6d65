package io.sluice.bench.subject;

/// A subject with a queue from which people take what they are to decide.
public interface WithClaims {
  /// Puts that many items into the queue. Called outside the clock.
  void askReviews(int items) throws Exception;

  /// Lets reviewers claim, each one item after the other and all at once, until the queue is empty.
  ///
  /// @throws IllegalStateException if an item was claimed twice, or one was left
  void claimReviews(int reviewers, int items) throws Exception;
}
