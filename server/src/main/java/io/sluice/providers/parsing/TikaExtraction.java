package io.sluice.providers.parsing;

import io.sluice.providers.ParseError;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseOutcome.Description;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseOutcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.ocr.TesseractOCRConfig;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/// Runs Tika on one file. Lives in the parser process only.
final class TikaExtraction {

  private static final int MAX_METADATA_CHARS = 500;
  private static final Map<String, String> KEPT_METADATA =
      Map.of(
          "dc:creator", "author",
          "dcterms:created", "created",
          "dcterms:modified", "modified",
          "Content-Encoding", "charset",
          "dc:subject", "subject",
          "pdf:PDFVersion", "pdfVersion");

  private final AutoDetectParser parser = new AutoDetectParser();

  /// The name is withheld from Tika: the content decides.
  ParseOutcome extract(Path file, int maxOutputChars, IntConsumer progress) throws IOException {
    var handler = new MarkdownHandler(maxOutputChars, progress);
    var metadata = new Metadata();
    try (TikaInputStream in = TikaInputStream.get(file)) {
      MediaType type = parser.getDetector().detect(in, metadata).getBaseType();
      Refused unreadable = Readable.refusal(type);
      if (unreadable != null) {
        return unreadable;
      }
      metadata.set(TikaCoreProperties.CONTENT_TYPE_USER_OVERRIDE, type.toString());
      parser.parse(in, handler, metadata, context());
      return handler.blank() ? Readable.noText(type) : parsed(handler, metadata, type);
    } catch (CanonicalText.LimitReached _) {
      return Refusals.tooMuchText(maxOutputChars);
    } catch (TikaException | SAXException | IOException | RuntimeException failure) {
      return ParseFailures.refusal(failure, maxOutputChars);
    } catch (StackOverflowError _) {
      return Refusals.corrupt("it is nested too deeply to be read");
    }
  }

  private ParseContext context() {
    var pdf = new PDFParserConfig();
    pdf.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
    pdf.setExtractBookmarksText(false);
    var office = new OfficeParserConfig();
    office.setUseSAXDocxExtractor(true);
    office.setUseSAXPptxExtractor(true);
    office.setIncludeDeletedContent(false);
    var ocr = new TesseractOCRConfig();
    ocr.setSkipOcr(true);
    var context = new ParseContext();
    context.set(PDFParserConfig.class, pdf);
    context.set(OfficeParserConfig.class, office);
    context.set(TesseractOCRConfig.class, ocr);
    context.set(Parser.class, parser);
    return context;
  }

  private static Parsed parsed(MarkdownHandler handler, Metadata metadata, MediaType type) {
    String title = label(metadata.get(TikaCoreProperties.TITLE));
    var kept = new HashMap<String, String>();
    KEPT_METADATA.forEach((theirs, ours) -> {
      String value = label(metadata.get(theirs));
      if (value != null) {
        kept.put(ours, value);
      }
    });
    var description =
        new Description(
            title != null ? title : label(handler.firstHeading()),
            type.toString(),
            label(metadata.get(TikaCoreProperties.LANGUAGE)),
            kept);
    return new Parsed(handler.text(), handler.pages(), description, warnings(handler, metadata));
  }

  private static List<String> warnings(MarkdownHandler handler, Metadata metadata) {
    var warnings = new ArrayList<String>();
    List<Integer> empty = handler.emptyPages();
    if (!empty.isEmpty()) {
      String pages =
          empty.stream()
              .limit(20)
              .map(String::valueOf)
              .reduce((a, b) -> a + ", " + b)
              .orElseThrow();
      warnings.add(
          "%d pages have no text layer and need OCR: %s%s."
              .formatted(empty.size(), pages, empty.size() > 20 ? " and more" : ""));
    }
    int failures = metadata.getValues(TikaCoreProperties.TIKA_META_EXCEPTION_WARNING).length;
    if (failures > 0) {
      warnings.add("%d parts of the file could not be read and are missing.".formatted(failures));
    }
    return warnings;
  }

  private static @Nullable String label(@Nullable String value) {
    String label = value == null ? "" : CanonicalText.label(value, MAX_METADATA_CHARS);
    return label.isEmpty() ? null : label;
  }

  /// Which kinds of file can hold text at all.
  private static final class Readable {

    private Readable() {}

    static @Nullable Refused refusal(MediaType type) {
      return switch (type.getType()) {
        case "image" ->
            Refusals.unsupported(
                "The file is a picture (%s). Text in pictures needs OCR, which is not done here."
                    .formatted(type));
        case "audio", "video", "font" ->
            Refusals.unsupported("Files of the kind %s hold no text.".formatted(type));
        default -> unreadable(type.getSubtype()) ? unknown(type) : null;
      };
    }

    private static boolean unreadable(String subtype) {
      return switch (subtype) {
        case "octet-stream",
            "x-executable",
            "x-sharedlib",
            "x-elf",
            "x-msdownload",
            "x-dosexec",
            "java-vm",
            "x-7z-compressed",
            "x-rar-compressed",
            "zstd",
            "x-lz4",
            "x-compress" ->
            true;
        default -> false;
      };
    }

    private static Refused unknown(MediaType type) {
      return Refusals.unsupported(
          "The content is of no kind that can be read as a document (%s). Convert it to PDF, Word, HTML or text."
              .formatted(type));
    }

    static Refused noText(MediaType type) {
      if (type.equals(MediaType.application("pdf"))) {
        return new Refused(
            ParseError.EMPTY_TEXT,
            "The PDF has no text layer; it needs OCR. Upload a version with recognised text.");
      }
      return new Refused(
          ParseError.EMPTY_TEXT, "The file (%s) was read and holds no text.".formatted(type));
    }
  }
}
