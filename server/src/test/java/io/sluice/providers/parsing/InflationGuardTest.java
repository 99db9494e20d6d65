package io.sluice.providers.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.providers.ParseError;
import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InflationGuardTest {

  @TempDir Path directory;
  private Samples samples;

  @BeforeEach
  void samples() {
    samples = new Samples(directory);
  }

  private static @Nullable Refused check(Path file, Magic magic) throws IOException {
    return InflationGuard.check(file, magic, ParseLimits.defaults());
  }

  private static void assertBomb(@Nullable Refused refused) {
    assertThat(refused).isNotNull().extracting(Refused::code).isEqualTo(ParseError.BOMB);
  }

  @Test
  void letsOrdinaryFilesPass() throws IOException {
    assertThat(check(samples.docx("a.docx"), Magic.ZIP)).isNull();
    assertThat(check(samples.zipOfZeros("zeros.zip", "zeros", 40), Magic.ZIP)).isNull();
  }

  @Test
  void countsWhatIsPackedInsideThePacked() throws IOException {
    Path inner = samples.gzipInGzip("inner.gz", 80);
    Path outer =
        samples.file(
            "outer.zip",
            out -> {
              try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("innocent.txt"));
                Files.copy(inner, zip);
              }
            });
    assertBomb(check(outer, Magic.ZIP));
  }

  /// The entries along the stream are harmless; the directory at the end names others.
  @Test
  void readsTheDirectoryAsWellAsTheStream() throws IOException {
    Path harmless = samples.docx("harmless.docx");
    Path bomb = samples.zipOfZeros("bomb.zip", "zeros", 80);
    Path forged =
        samples.file(
            "forged.docx",
            out -> {
              Files.copy(harmless, out);
              Files.copy(bomb, out);
            });
    assertBomb(check(forged, Magic.ZIP));
  }

  @Test
  void refusesDeepNests() throws IOException {
    Path nest = samples.text("0.gz", "core");
    for (int i = 1; i <= 10; i++) {
      Path inside = nest;
      nest =
          samples.file(
              i + ".gz",
              out -> {
                try (var gzip = new GZIPOutputStream(out)) {
                  Files.copy(inside, gzip);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    assertBomb(check(nest, Magic.GZIP));
  }
}
