package io.sluice.providers.parsing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Whether a PDF is complete. PDF libraries repair what was cut off and return the pages that are
/// left, which would pass for the whole document.
final class PdfTrailer {

  /// Mail gateways and web servers append up to about this much after the end.
  private static final int WITHIN_BYTES = 2048;

  private PdfTrailer() {}

  static boolean missing(Path file) throws IOException {
    try (var pdf = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(WITHIN_BYTES, pdf.length())];
      pdf.seek(pdf.length() - end.length);
      pdf.readFully(end);
      String tail = new String(end, StandardCharsets.ISO_8859_1);
      return !tail.contains("%%EOF") || !tail.contains("startxref");
    }
  }
}
