package io.sluice.guard;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.Locale;

/// What came back.
///
/// @param body inflated; empty where there was none
/// @param took from the start of the call to the last byte
/// @param url that was reached in the end, behind all redirects
public record Answer(int status, Headers headers, byte[] body, Duration took, URI url) {
  /// The body as text, in the charset that it says it is in, or UTF-8.
  public String text() {
    return new String(body, charset());
  }

  private Charset charset() {
    var type = headers.first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    int at = type.indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    var name = type.substring(at + "charset=".length()).split(";", 2)[0].replace("\"", "").strip();
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return StandardCharsets.UTF_8;
    }
  }

  /// Tells no body: it may hold secrets.
  @Override
  public String toString() {
    return "Answer[" + status + ", " + body.length + " bytes, " + took + "]";
  }
}
