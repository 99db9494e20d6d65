package io.sluice.guard.store;

import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.model.Counts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A breaker's row, with what its window has, as read at one moment.
///
/// @param id what events are about
/// @param closedAt when it last closed; null: it never was open
/// @param countsFrom what was counted before does not count
/// @param nodes the window, by node
/// @param callers how many nodes had called before it last opened
/// @param readAt when, by the database's clock
public record Breaker(
    Key key,
    UUID id,
    BreakerState state,
    long generation,
    String reason,
    int openings,
    @Nullable Instant openedAt,
    @Nullable Instant openUntil,
    @Nullable Instant closedAt,
    Instant countsFrom,
    BreakerConfig config,
    int version,
    Instant createdAt,
    Instant updatedAt,
    List<Counts> nodes,
    int callers,
    Instant readAt) {

  /// The window of all nodes.
  public Counts window() {
    return nodes.stream().reduce(Counts.NONE, Counts::plus);
  }
}
