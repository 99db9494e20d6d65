package io.sluice.sources;

/// A definition as it was given.
public record Source(String text, SourceFormat format) {}
