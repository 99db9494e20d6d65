package io.sluice.engine;

import java.util.UUID;

/// The id of a job: a UUIDv7, so ids sort by the time they were made.
///
/// @param value the id as PostgreSQL stores it
public record JobId(UUID value) implements Comparable<JobId> {
  /// Reads an id in its usual text form.
  ///
  /// @throws IllegalArgumentException if the text is not a UUID
  public static JobId parse(String text) {
    return new JobId(UUID.fromString(text));
  }

  @Override
  public int compareTo(JobId other) {
    return value.toString().compareTo(other.value.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
