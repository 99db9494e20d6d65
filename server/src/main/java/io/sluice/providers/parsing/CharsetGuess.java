package io.sluice.providers.parsing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.jspecify.annotations.Nullable;

/// Which charset a text is in, and how sure we are (0 to 100). UTF-8 that decodes is UTF-8; what
/// does not is left to statistics, which on short texts are guesses.
record CharsetGuess(Charset charset, int confidence) {

  static CharsetGuess of(byte[] sample) {
    Charset sixteen = utf16(sample);
    if (sixteen != null) {
      return new CharsetGuess(sixteen, 100);
    }
    if (Magic.starts(sample, 0xFF, 0xFE) || Magic.starts(sample, 0xFE, 0xFF)) {
      return new CharsetGuess(StandardCharsets.UTF_16, 100);
    }
    if (decodesAsUtf8(sample)) {
      return new CharsetGuess(StandardCharsets.UTF_8, 100);
    }
    CharsetMatch match = new CharsetDetector().setText(sample).detect();
    if (match == null || !Charset.isSupported(match.getName())) {
      return new CharsetGuess(Charset.forName("windows-1252"), 0);
    }
    return new CharsetGuess(Charset.forName(match.getName()), match.getConfidence());
  }

  /// UTF-16 without a mark, recognised by every other byte being zero, as in any European text.
  static @Nullable Charset utf16(byte[] sample) {
    int pairs = sample.length / 2;
    int evenZeros = 0;
    int oddZeros = 0;
    for (int i = 0; i < pairs; i++) {
      evenZeros += sample[2 * i] == 0 ? 1 : 0;
      oddZeros += sample[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs >= 4 && oddZeros * 10L >= pairs * 7L && evenZeros * 20L <= pairs) {
      return StandardCharsets.UTF_16LE;
    }
    if (pairs >= 4 && evenZeros * 10L >= pairs * 7L && oddZeros * 20L <= pairs) {
      return StandardCharsets.UTF_16BE;
    }
    return null;
  }

  private static boolean decodesAsUtf8(byte[] sample) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // Not the end of input: the sample may stop in the middle of a character.
    return !decoder
        .decode(ByteBuffer.wrap(sample), CharBuffer.allocate(sample.length), false)
        .isError();
  }
}
