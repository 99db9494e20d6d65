package io.sluice.cli.http;

import org.jspecify.annotations.Nullable;

/// No server runs, or it does not answer.
public final class Unreachable extends RuntimeException {
  private final String text;

  public Unreachable(String text, @Nullable Throwable cause) {
    super(text, cause);
    this.text = text;
  }

  /// In words.
  public String text() {
    return text;
  }
}
