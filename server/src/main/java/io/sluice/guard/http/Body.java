package io.sluice.guard.http;

import io.sluice.guard.CallFailure.ResponseTooLarge;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.springframework.util.unit.DataSize;

/// Reads an answer's body, and no byte more than is allowed: what inflates counts inflated.
final class Body {
  private static final int FIRST_BYTES = 64 * 1024;

  private Body() {}

  /// Reads it.
  ///
  /// @param encoding what it is packed in; empty: nothing
  static byte[] read(InputStream raw, String encoding, DataSize most, String host)
      throws IOException {
    int limit = (int) most.toBytes();
    var in = unpacked(raw, encoding);
    var read = in.readNBytes(Math.min(limit, FIRST_BYTES));
    if (read.length == limit || read.length == FIRST_BYTES) {
      read = grown(in, read, limit, host);
    }
    return read;
  }

  private static byte[] grown(InputStream in, byte[] start, int limit, String host)
      throws IOException {
    var rest = in.readNBytes(limit - start.length + 1);
    if (start.length + rest.length > limit) {
      throw tooLarge(limit, host);
    }
    var all = java.util.Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }

  static ResponseTooLarge tooLarge(long limit, String host) {
    return new ResponseTooLarge(
        host + " answered with more than " + limit + " bytes; allow more, or ask for less");
  }

  private static InputStream unpacked(InputStream raw, String encoding) throws IOException {
    if (!encoding.equals("gzip") && !encoding.equals("deflate")) {
      return raw;
    }
    // An empty body has nothing to unpack, whatever it says.
    var in = new BufferedInputStream(raw);
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    if (first < 0) {
      return in;
    }
    if (encoding.equals("gzip")) {
      return new GZIPInputStream(in);
    }
    boolean wrapped = (first & 0x0f) == 8 && ((first << 8) + second) % 31 == 0;
    return new InflaterInputStream(in, new Inflater(!wrapped));
  }
}
