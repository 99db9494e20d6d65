package io.sluice.webhooks;

/// Where a caller puts its key.
///
/// @param name of the header, or of the parameter
public record KeyPlace(In in, String name) {
  /// The part of the call.
  public enum In {
    /// A header.
    HEADER,
    /// The query. It is written to the logs of whatever lies between: prefer a header.
    QUERY
  }
}
