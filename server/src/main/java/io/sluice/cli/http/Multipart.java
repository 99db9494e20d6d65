package io.sluice.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;

/// A form with one file, streamed: a file larger than memory is fine.
record Multipart(String contentType, BodyPublisher body) {
  /// What no file is likely to contain.
  private static String boundary() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static Multipart of(Path file, LongConsumer sent) throws IOException {
    var boundary = "sluice-" + boundary();
    var name = Objects.requireNonNullElse(file.getFileName(), file).toString();
    var head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + escaped(name)
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    long length = lengthOf(file);
    var bytes =
        length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> open(file, sent)), length);
    return new Multipart(
        "multipart/form-data; boundary=" + boundary,
        BodyPublishers.concat(
            BodyPublishers.ofString(head, UTF_8),
            bytes,
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", UTF_8)));
  }

  /// As browsers escape it.
  private static String escaped(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  /// Also asks whether it can be read, before anything is sent.
  private static long lengthOf(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      return channel.size();
    }
  }

  private static InputStream open(Path file, LongConsumer sent) {
    try {
      return new Counting(Files.newInputStream(file), sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counting extends FilterInputStream {
    private final LongConsumer sent;
    private long count;

    Counting(InputStream in, LongConsumer sent) {
      super(in);
      this.sent = sent;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      count(read);
      return read;
    }

    private void count(int bytes) {
      if (bytes > 0) {
        count += bytes;
        sent.accept(count);
      }
    }
  }
}
