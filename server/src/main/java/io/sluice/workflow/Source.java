package io.sluice.workflow;

/// A definition as it was given.
public record Source(String text, SourceFormat format) {}
