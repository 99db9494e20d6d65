package io.sluice.providers.parsing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;

/// Makes good, bad and hostile files.
public final class Samples {

  private final Path directory;

  public Samples(Path directory) {
    this.directory = directory;
  }

  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  public Path file(String name, Writer writer) {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      writer.write(out);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path text(String name, String content) {
    return file(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /// An empty string makes a page without text.
  public Path pdf(String name, String... pages) {
    return file(
        name,
        out -> {
          try (PDDocument document = document(pages)) {
            document.save(out);
          }
        });
  }

  public Path encryptedPdf(String name) {
    return file(
        name,
        out -> {
          try (PDDocument document = document("A secret.")) {
            var policy = new StandardProtectionPolicy("owner", "user", new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            document.save(out);
          }
        });
  }

  private static PDDocument document(String... pages) throws IOException {
    var document = new PDDocument();
    var font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    for (String text : pages) {
      var page = new PDPage();
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(font, 12);
        content.newLineAtOffset(72, 700);
        for (String line : text.split("\n")) {
          content.showText(line);
          content.newLineAtOffset(0, -16);
        }
        content.endText();
      }
    }
    return document;
  }

  public Path truncated(String name, Path whole, double part) {
    return file(
        name,
        out -> {
          byte[] bytes = Files.readAllBytes(whole);
          out.write(bytes, 0, (int) (bytes.length * part));
        });
  }

  public Path docx(String name) {
    return file(
        name,
        out -> {
          try (var document = new XWPFDocument()) {
            for (int level = 1; level <= 2; level++) {
              CTStyle style = CTStyle.Factory.newInstance();
              style.setStyleId("Heading" + level);
              style.addNewName().setVal("heading " + level);
              document.createStyles().addStyle(new XWPFStyle(style));
            }
            styled(document, "Heading1", "Maintenance");
            styled(document, null, "Check the pump every week.");
            styled(document, "Heading2", "Parts");
            XWPFTable table = document.createTable(2, 2);
            List<String> cells = List.of("Part", "Number", "Valve", "A|7");
            for (int i = 0; i < 4; i++) {
              table.getRow(i / 2).getCell(i % 2).setText(cells.get(i));
            }
            document.write(out);
          }
        });
  }

  private static void styled(XWPFDocument document, String style, String text) {
    var paragraph = document.createParagraph();
    if (style != null) {
      paragraph.setStyle(style);
    }
    paragraph.createRun().setText(text);
  }

  public Path noise(String name, int bytes) {
    return file(
        name,
        out -> {
          byte[] noise = new byte[bytes];
          new Random(7).nextBytes(noise);
          noise[0] = 0x01;
          out.write(noise);
        });
  }

  /// A ZIP whose entries inflate to `mebibytes` zeros in all.
  public Path zipOfZeros(String name, String entry, int mebibytes) {
    return file(
        name,
        out -> {
          try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(entry));
            zeros(zip, mebibytes);
          }
        });
  }

  public Path gzipInGzip(String name, int mebibytes) {
    return file(
        name,
        out -> {
          try (var outer = new GZIPOutputStream(out);
              var inner = new GZIPOutputStream(outer)) {
            zeros(inner, mebibytes);
          }
        });
  }

  private static void zeros(OutputStream out, int mebibytes) throws IOException {
    byte[] zeros = new byte[1 << 20];
    for (int i = 0; i < mebibytes; i++) {
      out.write(zeros);
    }
  }

  public Path mock(String name, String action) {
    return text(name, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<mock>" + action + "</mock>");
  }
}
