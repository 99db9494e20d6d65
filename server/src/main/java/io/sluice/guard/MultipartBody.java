package io.sluice.guard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body of `multipart/form-data` (RFC 7578). The same parts give the same bytes.
public final class MultipartBody {
  private record Part(String name, @Nullable String file, String type, byte[] content) {}

  private final List<Part> parts = new ArrayList<>();

  /// A field of text.
  public MultipartBody field(String name, String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    parts.add(new Part(name, null, "text/plain; charset=utf-8", bytes));
    return this;
  }

  /// A file.
  public MultipartBody file(String name, String file, String type, byte[] content) {
    parts.add(new Part(name, file, type, content));
    return this;
  }

  /// What stands between the parts: as a hash of all of them it is in none.
  private String boundary() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      parts.forEach(part -> digest.update(part.content()));
      return "part-" + HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Of the whole.
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary();
  }

  /// The whole.
  public byte[] bytes() {
    var out = new ByteArrayOutputStream();
    var boundary = boundary();
    for (var part : parts) {
      text(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"");
      text(out, quoted(part.name()) + "\"");
      if (part.file() != null) {
        text(out, "; filename=\"" + quoted(part.file()) + "\"");
      }
      text(out, "\r\nContent-Type: " + part.type().replaceAll("[\r\n]", "") + "\r\n\r\n");
      out.writeBytes(part.content());
      text(out, "\r\n");
    }
    text(out, "--" + boundary + "--\r\n");
    return out.toByteArray();
  }

  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
