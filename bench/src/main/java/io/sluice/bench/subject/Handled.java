package io.sluice.bench.subject;

import java.util.List;

/// When the handlers of one round started, on the clock of [System#nanoTime()].
///
/// @param startedNanos by index of the job; only kept in mode `PICKUP`
public record Handled(long firstNanos, List<Long> startedNanos) {}
