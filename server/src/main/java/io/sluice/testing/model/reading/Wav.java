package io.sluice.testing.model.reading;

import java.nio.charset.StandardCharsets;

/// How a WAV file begins.
public final class Wav {
  private static final int HEAD = 12;

  private Wav() {}

  /// Whether the bytes begin like one: what speech needs of it is looked at when it is played.
  public static boolean is(byte[] bytes) {
    if (bytes.length < HEAD) {
      return false;
    }
    var head = new String(bytes, 0, HEAD, StandardCharsets.ISO_8859_1);
    return head.startsWith("RIFF") && head.endsWith("WAVE");
  }
}
