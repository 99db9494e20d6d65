package io.sluice.workflow.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Finding;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file under `workflow/bad` says in its last lines what is wrong with it: `# CODE line:column
/// pointer: detail`. `-Dsluice.regenerate=true` writes them anew; read the difference.
class BadDefinitionsTest {
  private static final Path FILES = Path.of("src/test/resources/workflow/bad");
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/main/java/io/sluice/sources"),
          Path.of("src/main/java/io/sluice/workflow/model/reading"));
  private static final Pattern CODE =
      Pattern.compile("(?:error|warning|tell)\\(\\s*\"([A-Z]+(?:_[A-Z]+)*)\",");

  static Stream<Path> files() throws IOException {
    try (var files = Files.list(FILES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsAllThatIsWrongAndWhere(Path file) throws IOException {
    var text = Files.readString(file);
    var told = errors(text).stream().map(BadDefinitionsTest::line).toList();
    if (Boolean.getBoolean("sluice.regenerate")) {
      var kept = text.lines().filter(l -> !l.startsWith("# ")).map(l -> l + "\n");
      var expected = told.stream().map(l -> l + "\n");
      Files.writeString(file, Stream.concat(kept, expected).collect(Collectors.joining()));
    } else {
      assertThat(told)
          .containsExactlyElementsOf(text.lines().filter(l -> l.startsWith("# ")).toList());
    }
  }

  private static List<Finding> errors(String text) {
    return switch (new DefinitionReader(Limits.DEFAULT).read(text, SourceFormat.YAML)) {
      case Reading.Valid valid -> throw new AssertionError("is valid: " + valid.definition());
      case Reading.Invalid(List<Finding> errors, List<Finding> _) -> errors;
    };
  }

  private static String line(Finding f) {
    return "# "
        + f.code()
        + " "
        + f.line()
        + ":"
        + f.column()
        + " "
        + f.pointer()
        + ": "
        + f.detail();
  }

  @Test
  void everyCodeHasItsFileAndItsLineInTheDocuments() throws IOException {
    var seen = new TreeSet<String>();
    for (var file : files().toList()) {
      errors(Files.readString(file)).forEach(f -> seen.add(f.code()));
    }
    var known = new TreeSet<String>();
    var documented = Files.readString(Path.of("../docs/problems.md"));
    for (var source : sources()) {
      var codes = CODE.matcher(Files.readString(source)).results().map(m -> m.group(1)).toList();
      assertThat(codes).allSatisfy(c -> assertThat(documented).contains("`" + c + "`"));
      if (!source.endsWith("BlueprintReader.java")) {
        known.addAll(codes);
      }
    }
    assertThat(known).hasSizeGreaterThan(25);
    // Only a huge file has it: DefinitionReaderTest.
    known.remove("TOO_MANY_STEPS");
    // Warnings: DefinitionReaderTest.
    known.removeAll(
        Set.of("SERVICE_FROM_URL", "WAITS_FOR_EVER", "BODY_IGNORED", "TIMEOUT_NEVER_REACHED"));
    assertThat(seen).containsAll(known);
  }

  private static List<Path> sources() throws IOException {
    var all = new ArrayList<Path>();
    for (var folder : SOURCES) {
      try (var files = Files.list(folder)) {
        files.filter(f -> f.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void nothingOfTheInsideIsTold() throws IOException {
    for (var file : files().toList()) {
      assertThat(errors(Files.readString(file)))
          .allSatisfy(f -> assertThat(f.detail()).doesNotContain("Exception", "java.", "jackson"))
          .allSatisfy(f -> assertThat(f.detail()).isNotBlank());
    }
  }
}
