package io.sluice.providers.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.providers.PageSpan;
import io.sluice.providers.ParseError;
import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseOutcome.Refused;
import io.sluice.providers.ParseProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedParserTest {

  private static final ParseLimits LIMITS = ParseLimits.defaults();

  @TempDir static Path directory;
  static Samples samples;
  static Path temporary;
  static ForkedParser parser;

  @BeforeAll
  static void start() {
    samples = new Samples(directory);
    temporary = directory.resolve("parser");
    parser = new ForkedParser(new ParserSettings(ParserLaunch.sameJvm(192), 1, 1000, temporary));
  }

  @AfterAll
  static void endsWithoutLeftovers() throws IOException {
    parser.close();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void keepsPagesOfPdf() throws InterruptedException {
    Path pdf = samples.pdf("pages.pdf", "First page\nsecond line", "", "Third page");
    var reached = new ArrayList<Integer>();
    Parsed parsed = (Parsed) parser.parse(pdf, "pages.pdf", LIMITS, reached::add);
    assertThat(parsed.pages()).extracting(PageSpan::page).containsExactly(1, 3);
    assertThat(
            parsed.pages().stream()
                .map(p -> parsed.text().substring(p.startOffset(), p.endOffset())))
        .containsExactly("First page\nsecond line", "Third page");
    assertThat(parsed.description().mediaType()).isEqualTo("application/pdf");
    assertThat(parsed.warnings())
        .singleElement()
        .asString()
        .contains("1 pages have no text layer", ": 2.");
    assertThat(reached).isNotEmpty();
  }

  @Test
  void keepsHeadingsAndTablesOfWord() throws InterruptedException {
    Parsed parsed = parsed(samples.docx("word.docx"), "word.docx");
    assertThat(parsed.text())
        .isEqualTo(
            """
            # Maintenance

            Check the pump every week.

            ## Parts

            | Part | Number |
            | --- | --- |
            | Valve | A\\|7 |\
            """);
    assertThat(parsed.description().title()).isEqualTo("Maintenance");
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void keepsStructureOfHtml() throws InterruptedException {
    String html =
        """
        <!doctype html><html lang="en"><head><title>Guide</title><style>p {}</style></head><body>
        <h1>Pumps</h1><script>var x = "no";</script><p>One  pump, <b>two</b> pumps.</p>
        <ul><li>red</li><li>blue<ul><li>dark blue</li></ul></li></ul><ol><li>first</li><li>second</li></ol>
        <pre>a  b
          c</pre><p># no heading</p></body></html>\
        """;
    Parsed parsed = parsed(samples.text("page.html", html), "page.html");
    assertThat(parsed.text())
        .isEqualTo(
            """
            # Pumps

            One pump, two pumps.

            - red
            - blue
              - dark blue

            1. first
            2. second

            ```
            a  b
              c
            ```

            \\# no heading\
            """);
    assertThat(parsed.description().title()).isEqualTo("Guide");
  }

  @Test
  void leavesMarkdownAsItIs() throws InterruptedException {
    String markdown = "# Title\n\nText with *stars*.\n\n- a\n- b\n";
    Parsed parsed = parsed(samples.text("a.md", markdown), "a.md");
    assertThat(parsed.text()).isEqualTo(markdown);
    assertThat(parsed.description().title()).isEqualTo("Title");
    assertThat(parsed.description().mediaType()).isEqualTo("text/markdown");
  }

  @Test
  void makesTableOfCsvAndFenceOfJson() throws InterruptedException {
    assertThat(
            parsed(samples.text("a.csv", "id;name\n1;\"A;\nB \"\"q\"\"\"\n2;C|D\n"), "a.csv")
                .text())
        .isEqualTo("| id | name |\n| --- | --- |\n| 1 | A; B \"q\" |\n| 2 | C\\|D |");
    assertThat(parsed(samples.text("a.json", "{\"a\": 1}\n"), "a.json").text())
        .isEqualTo("```json\n{\"a\": 1}\n```");
  }

  @Test
  void recognisesCharsets() throws InterruptedException {
    String french =
        "Le café est fermé à midi, où l'été est très chaud et la forêt près du château. ".repeat(5);
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.ISO_8859_1)) {
      Path file = samples.file("charset.txt", out -> out.write(french.getBytes(charset)));
      assertThat(parsed(file, "charset.txt").text()).as(charset.name()).isEqualTo(french);
    }
    String chinese = "中文文本的编码检测需要足够长的句子才能可靠地工作，这里有一些。".repeat(5);
    Path file =
        samples.file("gb.txt", out -> out.write(chinese.getBytes(Charset.forName("GB18030"))));
    assertThat(parsed(file, "gb.txt").text()).isEqualTo(chinese);
  }

  @Test
  void removesWhatPostgresRefuses() throws InterruptedException {
    Path file = samples.text("nul.txt", "a\u0001b\r\nc\uFEFFd\f" + "x".repeat(300));
    assertThat(parsed(file, "nul.txt").text())
        .startsWith("ab\ncd\nx")
        .doesNotContain("\u0001", "\uFEFF");
  }

  @Test
  void refusesEmptyAndTextlessFiles() throws InterruptedException {
    refused(samples.text("zero.pdf", ""), ParseError.ZERO_BYTES);
    refused(samples.text("blank.txt", " \n \t\n"), ParseError.EMPTY_TEXT);
    assertThat(refused(samples.pdf("scan.pdf", "", ""), ParseError.EMPTY_TEXT).message())
        .contains("needs OCR");
  }

  @Test
  void refusesEncryptedFiles() throws InterruptedException {
    assertThat(refused(samples.encryptedPdf("secret.pdf"), ParseError.ENCRYPTED).message())
        .contains("password");
  }

  @Test
  void refusesDamagedFiles() throws InterruptedException {
    Path pdf = samples.pdf("whole.pdf", "One", "Two", "Three");
    assertThat(refused(samples.truncated("cut.pdf", pdf, 0.7), ParseError.CORRUPT).message())
        .contains("cut off");
    refused(samples.truncated("cut.docx", samples.docx("whole.docx"), 0.6), ParseError.CORRUPT);
    Path fake = samples.text("fake.pdf", "%PDF-1.7\nnothing at all\nstartxref\n12\n%%EOF\n");
    refused(fake, ParseError.CORRUPT);
  }

  @Test
  void refusesNoiseAndPictures() throws InterruptedException {
    refused(samples.noise("noise.pdf", 50_000), ParseError.UNSUPPORTED);
    refused(samples.noise("noise.txt", 50_000), ParseError.UNSUPPORTED);
    Path gif =
        samples.file(
            "a.gif",
            out -> out.write("GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(refused(gif, ParseError.UNSUPPORTED).message()).contains("OCR");
  }

  @Test
  void refusesBombsBeforeOpeningThem() throws InterruptedException {
    refused(samples.zipOfZeros("bomb.zip", "zeros", 80), ParseError.BOMB);
    refused(samples.zipOfZeros("bomb.docx", "word/document.xml", 80), ParseError.BOMB);
    refused(samples.zipOfZeros("bomb.doc", "word/document.xml", 80), ParseError.BOMB);
    refused(samples.gzipInGzip("bomb.gz", 80), ParseError.BOMB);
  }

  @Test
  void refusesTooMuch() throws InterruptedException {
    Path big = samples.file("big.txt", out -> writeWords(out, 200));
    Refused byInput = refused(big, ParseError.TOO_LARGE);
    assertThat(byInput.message()).contains("104,857,600");
    ParseLimits wide = LIMITS.withMaxInputBytes(1L << 30);
    assertThat(outcome(big, "big.txt", wide))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ParseError.TOO_LARGE);
              assertThat(refused.message()).contains("20,000,000 characters");
            });
    Path docx = samples.docx("long.docx");
    assertThat(((Refused) outcome(docx, "long.docx", LIMITS.withMaxOutputChars(20))).code())
        .isEqualTo(ParseError.TOO_LARGE);
  }

  private static void writeWords(java.io.OutputStream out, int mebibytes) throws IOException {
    byte[] words =
        "lorem ipsum dolo\n"
            .repeat(65536)
            .substring(0, 1 << 20)
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < mebibytes; i++) {
      out.write(words);
    }
  }

  @Test
  void readsWhatTheFileIsAndWarnsOfItsName() throws InterruptedException {
    Parsed word = parsed(samples.docx("lie.pdf"), "lie.pdf");
    assertThat(word.text()).startsWith("# Maintenance");
    assertThat(word.warnings()).singleElement().asString().contains("lie.pdf", "wordprocessingml");
    assertThat(parsed(samples.text("lie.docx", "Just text."), "lie.docx").warnings()).hasSize(1);
  }

  @Test
  void takesTheNameForALabelOnly() throws InterruptedException {
    Path file = samples.text("harmless", "Harmless text.");
    Parsed parsed = parsed(file, "../../etc/passwd");
    assertThat(parsed.text()).isEqualTo("Harmless text.");
    Parsed odd = parsed(file, "..\\..\\evil\u0000\n.pdf");
    assertThat(odd.warnings())
        .singleElement()
        .asString()
        .contains("\"evil .pdf\"")
        .doesNotContain("..");
  }

  @Test
  void survivesHangingParser() throws InterruptedException {
    Path hang =
        samples.mock(
            "hang.xml", "<hang millis=\"60000\" heavy=\"false\" interruptible=\"false\"/>");
    ParseLimits silent = LIMITS.withTimes(Duration.ofMinutes(1), Duration.ofMillis(700));
    Refused refused = (Refused) outcome(hang, "hang.xml", silent);
    assertThat(refused.code()).isEqualTo(ParseError.TIMEOUT);
    assertThat(refused.message()).contains("no progress");
    ParseLimits total = LIMITS.withTimes(Duration.ofMillis(700), Duration.ofMinutes(1));
    assertThat(((Refused) outcome(hang, "hang.xml", total)).message()).contains("longer");
    stillParses();
  }

  @Test
  void survivesParserWithoutMemory() throws InterruptedException {
    Refused refused = refused(samples.mock("oom.xml", "<oom/>"), ParseError.OUT_OF_MEMORY);
    assertThat(refused.transientFailure()).isTrue();
    stillParses();
  }

  @Test
  void survivesParserThatExits() throws InterruptedException {
    Path exit = samples.mock("exit.xml", "<print_err>last words\n</print_err><system_exit/>");
    assertThat(refused(exit, ParseError.CRASHED).transientFailure()).isTrue();
    stillParses();
  }

  @Test
  void survivesParserThatThrows() throws InterruptedException {
    Path file =
        samples.mock(
            "throw.xml", "<throw class=\"java.lang.NullPointerException\">odd bytes</throw>");
    assertThat(refused(file, ParseError.CORRUPT).message()).contains("odd bytes");
    stillParses();
  }

  @Test
  void isNotConfusedByNoiseOnStdout() throws InterruptedException {
    Path noisy =
        samples.mock(
            "noisy.xml",
            "<print_out>DDDDDDDD</print_out><write element=\"p\">quiet words</write><print_out>DDD</print_out>");
    assertThat(parsed(noisy, "noisy.xml").text()).isEqualTo("quiet words");
    stillParses();
  }

  @Test
  void killsParserWhenCallerIsInterrupted() throws InterruptedException {
    Path hang =
        samples.mock(
            "hang2.xml",
            "<write element=\"p\">x</write><hang millis=\"60000\" interruptible=\"false\"/>");
    var thrown = new AtomicReference<Throwable>();
    var working = new CountDownLatch(1);
    parser.warmUp();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              working.countDown();
              try {
                parser.parse(hang, "hang2.xml", LIMITS, ParseProgress.NONE);
              } catch (Throwable t) {
                thrown.set(t);
              }
            });
    working.await();
    caller.interrupt();
    caller.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    stillParses();
  }

  @Test
  void missingFileIsNotTheDocumentsFault() {
    assertThatThrownBy(() -> outcome(directory.resolve("absent"), "absent", LIMITS))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static void stillParses() throws InterruptedException {
    assertThat(parsed(samples.pdf("good.pdf", "Good"), "good.pdf").text()).isEqualTo("Good");
  }

  private static ParseOutcome outcome(Path file, String name, ParseLimits limits)
      throws InterruptedException {
    return parser.parse(file, name, limits, ParseProgress.NONE);
  }

  private static Parsed parsed(Path file, String name) throws InterruptedException {
    ParseOutcome outcome = outcome(file, name, LIMITS);
    assertThat(outcome).isInstanceOf(Parsed.class);
    return (Parsed) outcome;
  }

  private static Refused refused(Path file, ParseError code) throws InterruptedException {
    ParseOutcome outcome = outcome(file, String.valueOf(file.getFileName()), LIMITS);
    assertThat(outcome).isInstanceOf(Refused.class);
    Refused refused = (Refused) outcome;
    assertThat(refused.code()).as(refused.message()).isEqualTo(code);
    return refused;
  }
}
