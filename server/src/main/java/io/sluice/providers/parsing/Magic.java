package io.sluice.providers.parsing;

import java.nio.charset.StandardCharsets;

/// What the first bytes of a file say it is. Names are not asked.
enum Magic {
  PDF,
  /// Word, Excel and PowerPoint since 2007, OpenDocument, EPUB, and archives.
  ZIP,
  GZIP,
  BZIP2,
  XZ,
  /// Packed in a way that we cannot count while unpacking.
  OTHER_ARCHIVE,
  /// HTML, XML and RTF: text on the surface, with a structure that a parser has to read.
  MARKUP,
  TEXT,
  /// The older Office files, and everything that only the parser process may look into.
  BINARY;

  static final int SAMPLE_BYTES = 64 * 1024;
  private static final int PDF_HEADER_WITHIN = 1024;

  static Magic of(byte[] sample) {
    if (starts(sample, 0x50, 0x4B, 0x03, 0x04) || starts(sample, 0x50, 0x4B, 0x05, 0x06)) {
      return ZIP;
    }
    if (starts(sample, 0x1F, 0x8B)) {
      return GZIP;
    }
    if (starts(sample, 'B', 'Z', 'h') && sample.length > 4 && sample[4] == 0x31) {
      return BZIP2;
    }
    if (starts(sample, 0xFD, '7', 'z', 'X', 'Z', 0x00)) {
      return XZ;
    }
    if (otherArchive(sample)) {
      return OTHER_ARCHIVE;
    }
    String head = latin1(sample, PDF_HEADER_WITHIN);
    if (head.contains("%PDF-")) {
      return PDF;
    }
    if (!looksLikeText(sample)) {
      return BINARY;
    }
    return markup(head.replace("\0", "")) ? MARKUP : TEXT;
  }

  private static boolean otherArchive(byte[] b) {
    return starts(b, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C)
        || starts(b, 'R', 'a', 'r', '!', 0x1A, 0x07)
        || starts(b, 0x28, 0xB5, 0x2F, 0xFD)
        || starts(b, 0x04, 0x22, 0x4D, 0x18)
        || starts(b, 0x1F, 0x9D)
        || starts(b, 'L', 'Z', 'I', 'P');
  }

  private static boolean markup(String head) {
    int i = 0;
    while (i < head.length() && (head.charAt(i) <= ' ' || head.charAt(i) > 0x7E)) {
      i++;
    }
    boolean tag =
        i + 1 < head.length()
            && head.charAt(i) == '<'
            && (Character.isLetter(head.charAt(i + 1)) || "!?".indexOf(head.charAt(i + 1)) >= 0);
    return tag || head.startsWith("{\\rtf", i);
  }

  /// Text has no NUL (UTF-16 aside) and next to no other control characters; noise has one in ten.
  private static boolean looksLikeText(byte[] sample) {
    if (starts(sample, 0xFF, 0xFE)
        || starts(sample, 0xFE, 0xFF)
        || CharsetGuess.utf16(sample) != null) {
      return true;
    }
    int controls = 0;
    for (byte b : sample) {
      if (b == 0) {
        return false;
      }
      if (b > 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' || b == 0x7F) {
        controls++;
      }
    }
    return controls * 100L <= sample.length;
  }

  static boolean starts(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static String latin1(byte[] bytes, int max) {
    return new String(bytes, 0, Math.min(max, bytes.length), StandardCharsets.ISO_8859_1);
  }
}
