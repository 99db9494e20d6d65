package io.sluice.validation.model;

/// A part before it is weighed.
///
/// @param score 0 to 1
public record Scored(String name, double score, String method, String reason) {}
