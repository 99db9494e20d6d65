package io.sluice.cli;

/// What was asked for can not be done; the text says why and what to do.
final class Refused extends RuntimeException {
  private final String text;

  Refused(String text) {
    super(text);
    this.text = text;
  }

  String text() {
    return text;
  }
}
