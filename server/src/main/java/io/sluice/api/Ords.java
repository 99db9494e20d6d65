package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Cursors of lists that are ordered by a number.
final class Ords {
  private Ords() {}

  static String write(int from) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Integer.toString(from).getBytes(StandardCharsets.UTF_8));
  }

  static int read(String cursor) {
    try {
      return Integer.parseInt(
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Page.RequestProblem(
          "BAD_CURSOR", "cursor", "take the nextCursor of the page before, as it is");
    }
  }
}
