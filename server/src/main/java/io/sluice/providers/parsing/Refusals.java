package io.sluice.providers.parsing;

import io.sluice.providers.ParseError;
import io.sluice.providers.ParseOutcome.Refused;

/// The refusals that more than one place gives, in one wording.
final class Refusals {

  private Refusals() {}

  static Refused tooMuchText(int maxChars) {
    return new Refused(
        ParseError.TOO_LARGE,
        "The document holds more than %,d characters of text. Split it into several documents."
            .formatted(maxChars));
  }

  static Refused bomb(String what) {
    return new Refused(
        ParseError.BOMB,
        "The file looks like a decompression bomb: " + what + ". It was not opened any further.");
  }

  static Refused encrypted() {
    return new Refused(
        ParseError.ENCRYPTED, "The file is protected by a password. Upload a copy without one.");
  }

  static Refused corrupt(String what) {
    return new Refused(
        ParseError.CORRUPT,
        "The file is damaged: " + what + ". Upload it again from an undamaged original.");
  }

  static Refused unsupported(String what) {
    return new Refused(ParseError.UNSUPPORTED, what);
  }
}
