package io.sluice.bench.subject;

/// When one enqueue was called and when it returned, on the clock of [System#nanoTime()].
public record Enqueued(long calledNanos, long returnedNanos) {}
