package io.sluice.providers.parsing;

import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome.Refused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Unpacks a file into nothing and counts, before any parser sees it.
///
/// What headers declare is not believed. An archive is read twice, once along the stream and once
/// along its central directory, because a forged one shows different contents to different readers.
/// What is packed inside is unpacked too, up to a depth. It costs the time of inflating, a few
/// milliseconds for ordinary documents.
final class InflationGuard {

  private static final class Bomb extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;

    Bomb(String what) {
      super(what);
      this.what = what;
    }
  }

  private static final int MAX_DEPTH = 8;
  private static final int MAX_RATIO = 100;
  private static final int MAX_XZ_MEMORY_KIB = 64 * 1024;

  /// Small files may inflate to this much at any ratio: a page of zeros is not an attack.
  private static final long ALWAYS_ALLOWED_BYTES = 64L << 20;

  private final long maxBytes;
  private final byte[] buffer = new byte[64 * 1024];
  private long inflatedBytes;

  private InflationGuard(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// The reason to refuse the file, or null if a parser may see it.
  static @Nullable Refused check(Path file, Magic magic, ParseLimits limits) throws IOException {
    long fair = Math.max(ALWAYS_ALLOWED_BYTES, Files.size(file) * MAX_RATIO);
    long maxBytes = Math.min(fair, limits.maxInflatedBytes());
    try {
      new InflationGuard(maxBytes).walk(file, magic);
      return magic == Magic.ZIP ? new InflationGuard(maxBytes).walkDirectory(file) : null;
    } catch (Bomb bomb) {
      return Refusals.bomb(bomb.what);
    }
  }

  private void walk(Path file, Magic magic) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      unpack(in, magic, 0);
    } catch (Bomb bomb) {
      throw bomb;
    } catch (IOException | RuntimeException _) {
      // Not readable along the stream. The central directory, or else the parser, will say whether
      // it is damaged.
    }
  }

  private @Nullable Refused walkDirectory(Path file) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
          return Refusals.encrypted();
        }
        if (zip.canReadEntryData(entry)) {
          try (InputStream contents = new Counted(zip.getInputStream(entry))) {
            drain(contents);
          }
        }
      }
      return null;
    } catch (Bomb bomb) {
      throw bomb;
    } catch (IOException | RuntimeException _) {
      return Refusals.corrupt("it is a ZIP container whose directory or contents cannot be read");
    }
  }

  private void unpack(InputStream in, Magic magic, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new Bomb("archives are nested more than " + MAX_DEPTH + " deep");
    }
    switch (magic) {
      case ZIP -> unpackZip(in, depth);
      case GZIP -> unpackOne(new GzipCompressorInputStream(in, true), depth);
      case BZIP2 -> unpackOne(new BZip2CompressorInputStream(in, true), depth);
      case XZ -> unpackOne(new XZCompressorInputStream(in, true, MAX_XZ_MEMORY_KIB), depth);
      case PDF, OTHER_ARCHIVE, MARKUP, TEXT, BINARY -> drain(in);
    }
  }

  private void unpackZip(InputStream in, int depth) throws IOException {
    @SuppressWarnings(
        "resource") // closing it would close what it reads from, in the middle of the outer archive
    var zip = new ZipArchiveInputStream(in, "UTF-8", true, true);
    for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!entry.isDirectory() && zip.canReadEntryData(entry)) {
        unpackOne(zip, depth);
      }
    }
  }

  /// `unpacked` is counted as it is read, whatever is inside.
  private void unpackOne(InputStream unpacked, int depth) throws IOException {
    var counted = new BufferedInputStream(new Counted(unpacked), buffer.length);
    counted.mark(16);
    byte[] head = counted.readNBytes(8);
    counted.reset();
    Magic inside = Magic.of(head);
    try {
      unpack(counted, inside, depth + 1);
    } catch (Bomb bomb) {
      throw bomb;
    } catch (IOException | RuntimeException _) {
      // Only looked packed. Whatever it is, its length counts.
    }
    drain(counted);
  }

  private void drain(InputStream in) throws IOException {
    while (in.read(buffer) >= 0) {}
  }

  private final class Counted extends InputStream {
    private final InputStream in;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      count(n);
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private void count(int n) throws Bomb {
      inflatedBytes += Math.max(n, 0);
      if (inflatedBytes > maxBytes) {
        throw new Bomb("it unpacks to more than %,d bytes".formatted(maxBytes));
      }
    }
  }
}
