package io.sluice.documents;

import java.util.Arrays;
import java.util.Locale;

/// The nine stages of a document, in order. A stage is reached when its step is recorded, so that
/// `PARSING` and `EMBEDDING` show while that work goes on.
public enum Stage {
  /// A worker has taken it up.
  QUEUED,
  /// Its bytes are there and are what was uploaded.
  JOB_VALIDATED,
  /// How to parse it is decided; it is being parsed.
  PARSING,
  /// Its text lies in the database.
  PARSED,
  /// The text is fit to be cut.
  PARSE_VALIDATED,
  /// How to cut it is decided; it is being cut.
  CHUNKING,
  /// Its chunks wait for their vectors.
  CHUNKS_BUFFERED,
  /// Which chunks need a vector is known; they are being embedded.
  EMBEDDING,
  /// Chunks and vectors are committed: it can be found.
  EMBEDDED;

  /// The name in SQL and JSON, and of the step: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All names, in order.
  public static String[] names() {
    return Arrays.stream(values()).map(Stage::sql).toArray(String[]::new);
  }
}
