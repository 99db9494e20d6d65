package io.sluice.providers;

/// Why a file yielded no text.
public enum ParseError {
  ZERO_BYTES,
  /// The file is sound but has no text: a scan, most often.
  EMPTY_TEXT,
  ENCRYPTED,
  CORRUPT,
  UNSUPPORTED,
  /// Inflates beyond all measure, or is nested beyond all measure.
  BOMB,
  TOO_LARGE,
  TIMEOUT,
  OUT_OF_MEMORY,
  /// The parser process ended without an answer.
  CRASHED;

  /// Whether another attempt at the same bytes may end differently.
  public boolean transientFailure() {
    return switch (this) {
      case TIMEOUT, OUT_OF_MEMORY, CRASHED -> true;
      case ZERO_BYTES, EMPTY_TEXT, ENCRYPTED, CORRUPT, UNSUPPORTED, BOMB, TOO_LARGE -> false;
    };
  }
}
