package io.sluice.engine;

import java.util.UUID;

/// Whose work a job is. Every row of the engine carries one.
///
/// @param value the id as PostgreSQL stores it
public record TenantId(UUID value) {
  /// The tenant of programs that have only one.
  public static final TenantId DEFAULT =
      new TenantId(UUID.fromString("00000000-0000-7000-8000-000000000001"));

  /// Reads an id in its usual text form.
  ///
  /// @throws IllegalArgumentException if the text is not a UUID
  public static TenantId parse(String text) {
    return new TenantId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
