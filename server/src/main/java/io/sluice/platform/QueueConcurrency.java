package io.sluice.platform;

/// How many jobs of a queue run at once in this server, where it is not the usual number: every
/// bean of this type is heeded.
public record QueueConcurrency(String queue, int jobs) {}
