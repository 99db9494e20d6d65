package io.sluice.webhooks.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The beginning of a body, as text that PostgreSQL stores.
public final class Excerpt {
  /// Of an answer.
  public static final int OF_ANSWER = 4096;

  /// Of a call.
  public static final int OF_CALL = 64 * 1024;

  private Excerpt() {}

  /// The first bytes.
  public static byte[] bytes(byte[] body, int most) {
    return body.length <= most ? body : Arrays.copyOf(body, most);
  }

  /// The first bytes as text; what is no text shows as �.
  public static String text(byte[] body, int most) {
    return new String(bytes(body, most), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }
}
