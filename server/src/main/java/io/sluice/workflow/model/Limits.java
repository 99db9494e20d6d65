package io.sluice.workflow.model;

/// How large a definition may be.
///
/// @param steps how many it may have, however deep they lie
/// @param depth how deep lists of steps may be nested
/// @param bytes how long its source may be, in UTF-8
public record Limits(int steps, int depth, int bytes) {
  /// 1,000 steps, 10 deep, 1 MiB.
  public static final Limits DEFAULT = new Limits(1000, 10, 1 << 20);
}
