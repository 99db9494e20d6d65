package io.sluice.providers.parsing;

import io.sluice.providers.ParseError;
import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseOutcome.Description;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseOutcome.Refused;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads files that are text already, in this process. Here, and only here, the name decides
/// between kinds of text, which their content cannot.
final class TextReader {

  private static final Pattern FIRST_HEADING = Pattern.compile("(?m)^# +(.+?)[ #]*$");
  private static final char REPLACEMENT = '\uFFFD';

  private TextReader() {}

  static ParseOutcome read(Path file, byte[] sample, String extension, ParseLimits limits)
      throws IOException {
    CharsetGuess guess = CharsetGuess.of(sample);
    var text = new CanonicalText(limits.maxOutputChars());
    long replaced;
    try {
      replaced = decode(file, guess, text);
    } catch (CanonicalText.LimitReached _) {
      return Refusals.tooMuchText(limits.maxOutputChars());
    }
    if (text.isBlank()) {
      return new Refused(ParseError.EMPTY_TEXT, "The file holds nothing but white space.");
    }
    String mediaType = mediaType(extension, sample);
    String canonical = canonical(mediaType, text.toString());
    if (canonical.length() > limits.maxOutputChars()) {
      return Refusals.tooMuchText(limits.maxOutputChars());
    }
    return new Parsed(
        canonical, List.of(), description(mediaType, canonical, guess), warnings(guess, replaced));
  }

  /// Returns how many bytes or characters could not be decoded.
  private static long decode(Path file, CharsetGuess guess, CanonicalText text) throws IOException {
    var decoder =
        guess
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    long replaced = 0;
    char[] buffer = new char[32 * 1024];
    try (Reader reader = new InputStreamReader(Files.newInputStream(file), decoder)) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        String piece = new String(buffer, 0, n);
        replaced += piece.chars().filter(c -> c == REPLACEMENT).count();
        text.append(piece);
      }
    }
    return replaced;
  }

  private static String mediaType(String extension, byte[] sample) {
    return switch (extension) {
      case "md", "markdown" -> "text/markdown";
      case "csv" -> "text/csv";
      case "tsv" -> "text/tab-separated-values";
      case "json" -> opensJson(sample) ? "application/json" : "text/plain";
      default -> "text/plain";
    };
  }

  private static boolean opensJson(byte[] sample) {
    for (byte b : sample) {
      if (b > ' ') {
        return b == '{' || b == '[' || b == '"';
      }
    }
    return false;
  }

  private static String canonical(String mediaType, String text) {
    return switch (mediaType) {
      case "text/csv", "text/tab-separated-values" -> CsvMarkdown.table(text);
      case "application/json" -> "```json\n" + text.strip() + "\n```";
      default -> text;
    };
  }

  private static Description description(String mediaType, String canonical, CharsetGuess guess) {
    return new Description(
        mediaType.equals("text/markdown") ? firstHeading(canonical) : null,
        mediaType,
        null,
        Map.of(
            "charset", guess.charset().name().toLowerCase(Locale.ROOT),
            "charsetConfidence", Integer.toString(guess.confidence())));
  }

  private static @Nullable String firstHeading(String markdown) {
    Matcher heading = FIRST_HEADING.matcher(markdown);
    return heading.find() ? CanonicalText.label(heading.group(1), 300) : null;
  }

  private static List<String> warnings(CharsetGuess guess, long replaced) {
    var warnings = new ArrayList<String>();
    if (guess.confidence() < 50) {
      warnings.add(
          "The character set was guessed as %s with little confidence; save the file as UTF-8 if characters look wrong."
              .formatted(guess.charset().name()));
    }
    if (replaced > 0) {
      warnings.add(
          "%d places are not valid %s and were replaced by U+FFFD."
              .formatted(replaced, guess.charset().name()));
    }
    return warnings;
  }
}
