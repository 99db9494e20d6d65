package io.sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/// Makes the chapter of the guide that is a PDF. Run its `main` in the root of the project after a
/// change of `field-notes.md`.
///
/// Knows headings and paragraphs, a line each, and no more of Markdown.
final class GuidePdf implements AutoCloseable {
  private static final float MARGIN = 72;
  private static final float LEADING = 1.4f;

  private final PDDocument document = new PDDocument();
  private final PDFont body = new PDType1Font(FontName.HELVETICA);
  private final PDFont bold = new PDType1Font(FontName.HELVETICA_BOLD);
  private PDPageContentStream page;
  private float y;

  private GuidePdf(String title) throws IOException {
    var information = document.getDocumentInformation();
    information.setTitle(title);
    information.setCreator("Sluice");
    var released = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    released.clear();
    released.set(2026, Calendar.NOVEMBER, 1);
    information.setCreationDate(released);
    page = newPage();
  }

  public static void main(String[] args) throws IOException {
    var target = Path.of(args.length > 0 ? args[0] : "docs/guide/09-field-notes.pdf");
    var lines = source().lines().filter(line -> !line.isBlank()).toList();
    try (var pdf = new GuidePdf(lines.getFirst().replaceFirst("# ", "Sluice: "))) {
      for (var line : lines) {
        pdf.add(line);
      }
      pdf.save(target);
    }
  }

  private static String source() throws IOException {
    try (var in = GuidePdf.class.getResourceAsStream("field-notes.md")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void add(String line) throws IOException {
    if (line.startsWith("## ")) {
      paragraph(line.substring(3), bold, 14, 10);
    } else if (line.startsWith("# ")) {
      paragraph(line.substring(2), bold, 22, 0);
    } else {
      paragraph(line, body, 11, 0);
    }
  }

  private void paragraph(String text, PDFont font, float size, float before) throws IOException {
    y -= before;
    if (before > 0 && y < MARGIN + 5 * size) { // no heading at the foot of a page
      page.close();
      page = newPage();
    }
    for (var line : wrapped(text, font, size)) {
      if (y - size < MARGIN) {
        page.close();
        page = newPage();
      }
      y -= size * LEADING;
      page.beginText();
      page.setFont(font, size);
      page.newLineAtOffset(MARGIN, y);
      page.showText(line);
      page.endText();
    }
    y -= 6;
  }

  private static List<String> wrapped(String text, PDFont font, float size) throws IOException {
    float width = PDRectangle.A4.getWidth() - 2 * MARGIN;
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      var longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && font.getStringWidth(longer) / 1000 * size > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private PDPageContentStream newPage() throws IOException {
    var next = new PDPage(PDRectangle.A4);
    document.addPage(next);
    y = PDRectangle.A4.getHeight() - MARGIN;
    return new PDPageContentStream(document, next);
  }

  private void save(Path target) throws IOException {
    page.close();
    document.setDocumentId(1L);
    Files.createDirectories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
    document.save(target.toFile());
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
