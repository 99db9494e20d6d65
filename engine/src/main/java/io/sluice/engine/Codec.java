package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/// Writes inputs, results and payloads as JSON and reads them back. Thread-safe.
public interface Codec {
  /// Writes a value.
  ///
  /// @throws EngineProblem.BadInput if it can not be written
  String encode(@Nullable Object value);

  /// Reads a value. The JSON `null` is null.
  ///
  /// @throws EngineProblem.BadInput if the JSON does not fit the type
  <T extends @Nullable Object> T decode(String json, Class<T> type);
}
