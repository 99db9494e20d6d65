package io.sluice.providers.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Drains a child's stderr, so that it never blocks on it, and remembers the end.
final class StderrTail implements Runnable {

  private static final int KEPT_CHARS = 4096;

  private final InputStream stderr;
  private final StringBuilder tail = new StringBuilder();

  StderrTail(InputStream stderr) {
    this.stderr = stderr;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[8192];
    try (stderr) {
      for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
        keep(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException _) {
      // The child is gone.
    }
  }

  private synchronized void keep(String text) {
    tail.append(text);
    tail.delete(0, Math.max(0, tail.length() - KEPT_CHARS));
  }

  synchronized String lastLine() {
    String text = tail.toString().strip();
    String line = text.substring(text.lastIndexOf('\n') + 1);
    return line.isEmpty() ? "it said nothing" : CanonicalText.label(line, 300);
  }
}
