package io.sluice.providers.parsing;

import io.sluice.providers.ParseError;
import io.sluice.providers.ParseOutcome.Refused;
import java.util.Locale;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaMemoryLimitException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.exception.ZeroByteFileException;
import org.jspecify.annotations.Nullable;

/// Tells what an exception out of Tika means. The libraries below it wrap the same cause in
/// different ways, so the whole chain is looked at.
final class ParseFailures {

  private static final int MAX_CAUSES = 20;

  private ParseFailures() {}

  static Refused refusal(Throwable failure, int maxOutputChars) {
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      Refused known = known(cause, maxOutputChars);
      if (known != null) {
        return known;
      }
    }
    return Refusals.corrupt("the parser stopped at " + describe(failure));
  }

  private static @Nullable Refused known(Throwable cause, int maxOutputChars) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return switch (cause) {
      case EncryptedDocumentException _ -> Refusals.encrypted();
      case org.apache.poi.EncryptedDocumentException _ -> Refusals.encrypted();
      case org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException _ -> Refusals.encrypted();
      case WriteLimitReachedException _ -> Refusals.tooMuchText(maxOutputChars);
      case CanonicalText.LimitReached _ -> Refusals.tooMuchText(maxOutputChars);
      case TikaMemoryLimitException _ ->
          new Refused(
              ParseError.TOO_LARGE,
              "A part of the document is too large to be read. Split it into several documents.");
      case ZeroByteFileException _ -> new Refused(ParseError.ZERO_BYTES, "The file is empty.");
      case UnsupportedFormatException _ ->
          Refusals.unsupported(
              "This version of the file format cannot be read. Save it in a current one.");
      default -> message.contains("zip bomb") ? Refusals.bomb("a parser gave up on it") : null;
    };
  }

  private static String describe(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < MAX_CAUSES && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    return CanonicalText.label(root.getClass().getSimpleName() + message, 300);
  }
}
