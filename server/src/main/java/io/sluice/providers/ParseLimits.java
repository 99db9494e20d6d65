package io.sluice.providers;

import java.time.Duration;

/// How much one file may cost.
///
/// @param maxInflatedBytes of all compressed content together, counted while inflating. A file that
///   stays below may still be refused as a bomb by its ratio
/// @param totalTime from the moment a parser process takes the file
/// @param silentTime the longest that the process may go without reaching another page or part
public record ParseLimits(
    long maxInputBytes,
    int maxOutputChars,
    long maxInflatedBytes,
    Duration totalTime,
    Duration silentTime) {

  private static final long MIB = 1L << 20;

  public ParseLimits {
    if (maxInputBytes < 1 || maxOutputChars < 1 || maxInflatedBytes < 1) {
      throw new IllegalArgumentException("parse limits must be positive");
    }
    if (!totalTime.isPositive() || !silentTime.isPositive()) {
      throw new IllegalArgumentException("parse times must be positive");
    }
  }

  public static ParseLimits defaults() {
    return new ParseLimits(
        100 * MIB, 20_000_000, 1024 * MIB, Duration.ofMinutes(10), Duration.ofMinutes(2));
  }

  public ParseLimits withMaxInputBytes(long bytes) {
    return new ParseLimits(bytes, maxOutputChars, maxInflatedBytes, totalTime, silentTime);
  }

  public ParseLimits withMaxOutputChars(int chars) {
    return new ParseLimits(maxInputBytes, chars, maxInflatedBytes, totalTime, silentTime);
  }

  public ParseLimits withTimes(Duration total, Duration silent) {
    return new ParseLimits(maxInputBytes, maxOutputChars, maxInflatedBytes, total, silent);
  }
}
