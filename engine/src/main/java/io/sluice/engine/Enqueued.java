package io.sluice.engine;

/// What an enqueue did.
///
/// @param job the job's id: the new one, or the one that holds the unique key
/// @param created false if a job with the unique key was there already
public record Enqueued(JobId job, boolean created) {}
