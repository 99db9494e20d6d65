package io.sluice.bench.measure;

/// One value out of one round, with the share of the machine that others used meanwhile.
public record Sample(double value, double foreignPercent) {}
