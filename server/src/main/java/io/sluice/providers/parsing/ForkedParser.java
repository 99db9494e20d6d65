package io.sluice.providers.parsing;

import io.sluice.providers.DocumentParser;
import io.sluice.providers.ParseError;
import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseOutcome.Refused;
import io.sluice.providers.ParseProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at a file without trusting it, then reads it here if it is text and in a parser process
/// otherwise.
public final class ForkedParser implements DocumentParser {

  /// Text on the surface that still needs a parser.
  private static final Set<String> STRUCTURED_TEXT =
      Set.of("eml", "mbox", "html", "htm", "xhtml", "rtf");

  private final ParserPool pool;

  public ForkedParser(ParserSettings settings) {
    this.pool = new ParserPool(settings);
  }

  /// Starts one parser process ahead of the first file. Blocks for a second or two.
  public void warmUp() throws InterruptedException {
    pool.warmUp();
  }

  @Override
  public ParseOutcome parse(
      Path file, String declaredName, ParseLimits limits, ParseProgress progress)
      throws InterruptedException {
    try {
      ParseOutcome outcome = outcome(file, NameCheck.extension(declaredName), limits, progress);
      return outcome instanceof Parsed parsed ? checkName(parsed, declaredName) : outcome;
    } catch (IOException e) {
      throw new UncheckedIOException("the uploaded file cannot be read", e);
    }
  }

  private ParseOutcome outcome(
      Path file, String extension, ParseLimits limits, ParseProgress progress)
      throws IOException, InterruptedException {
    Refused tooLarge = checkSize(Files.size(file), limits);
    if (tooLarge != null) {
      return tooLarge;
    }
    byte[] sample = sample(file);
    Magic magic = Magic.of(sample);
    Refused refused = checkContent(file, magic, limits);
    if (refused != null) {
      return refused;
    }
    if (magic == Magic.TEXT && !STRUCTURED_TEXT.contains(extension)) {
      return TextReader.read(file, sample, extension, limits);
    }
    return pool.parse(file, limits, progress);
  }

  private static @Nullable Refused checkSize(long bytes, ParseLimits limits) {
    if (bytes == 0) {
      return new Refused(ParseError.ZERO_BYTES, "The file is empty. Upload it again.");
    }
    if (bytes > limits.maxInputBytes()) {
      return new Refused(
          ParseError.TOO_LARGE,
          "The file has %,d bytes; at most %,d are accepted. Split it into several documents."
              .formatted(bytes, limits.maxInputBytes()));
    }
    return null;
  }

  private static byte[] sample(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Magic.SAMPLE_BYTES);
    }
  }

  private static @Nullable Refused checkContent(Path file, Magic magic, ParseLimits limits)
      throws IOException {
    return switch (magic) {
      case ZIP, GZIP, BZIP2, XZ -> InflationGuard.check(file, magic, limits);
      case PDF ->
          PdfTrailer.missing(file)
              ? Refusals.corrupt(
                  "the PDF ends without its trailer and was probably cut off on its way")
              : null;
      case OTHER_ARCHIVE ->
          Refusals.unsupported(
              "The file is an archive of a kind that is not opened. Upload its contents one by one.");
      case MARKUP, TEXT, BINARY -> null;
    };
  }

  private static Parsed checkName(Parsed parsed, String declaredName) {
    String warning = NameCheck.warning(declaredName, parsed.description().mediaType());
    if (warning == null) {
      return parsed;
    }
    List<String> warnings = new ArrayList<>(parsed.warnings());
    warnings.add(warning);
    return new Parsed(parsed.text(), parsed.pages(), parsed.description(), warnings);
  }

  @Override
  public void close() {
    pool.close();
  }
}
