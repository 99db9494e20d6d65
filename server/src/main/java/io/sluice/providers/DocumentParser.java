package io.sluice.providers;

import java.nio.file.Path;

/// Turns a file into canonical text. Safe for use by many threads; each call waits for a free
/// parser process.
public interface DocumentParser extends AutoCloseable {

  /// Reads `file`. The content alone decides what it is; `declaredName` is a label that is only
  /// compared with it, and never becomes a path.
  ///
  /// @throws java.io.UncheckedIOException if `file` cannot be read or no parser process can be
  ///   started: neither is the document's fault
  ParseOutcome parse(Path file, String declaredName, ParseLimits limits, ParseProgress progress)
      throws InterruptedException;

  /// Ends the parser processes. A parse under way ends as `CRASHED`.
  @Override
  void close();
}
