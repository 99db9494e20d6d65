package io.sluice.testing.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Finding;
import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.sources.SourceReader;
import io.sluice.testing.AssetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file under `testing/bad` says in its last lines what is wrong with it: `# CODE line:column
/// pointer: detail`. What it begins with is its kind. `-Dsluice.regenerate=true` writes them anew;
/// read the difference.
class BadTestsTest {
  private static final Path FILES = Path.of("src/test/resources/testing/bad");
  private static final Path SOURCES = Path.of("src/main/java/io/sluice/testing");
  private static final Pattern CODE = Pattern.compile("error\\(\\s*\"([A-Z]+(?:_[A-Z]+)*)\",");

  /// What there is besides.
  private static final Links.Others OTHERS =
      new Links.Others() {
        private final Map<String, String> items =
            Map.of(
                "Log in",
                "{parameters: [user], steps: ['click ${args.user}']}",
                "Ring the bell",
                "{steps: [{instruction: ring it}]}",
                "Circle",
                "{steps: [{item: Square}]}",
                "Square",
                "{steps: [{item: Circle}]}",
                "Deep",
                "{steps: [{item: Log in, arguments: {user: a}}]}");

        @Override
        public Optional<Map<String, @Nullable Object>> item(String name) {
          return Optional.ofNullable(items.get(name))
              .map(text -> Plain.map(SourceReader.read(text, SourceFormat.YAML, new Findings())));
        }

        @Override
        public boolean hasCase(String name) {
          return name.equals("Turn on the light");
        }

        @Override
        public Collection<String> names(AssetKind kind) {
          return kind == AssetKind.ITEM ? items.keySet() : List.of("Turn on the light");
        }
      };

  static Stream<Path> files() throws IOException {
    try (var files = Files.list(FILES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsAllThatIsWrongAndWhere(Path file) throws IOException {
    var text = Files.readString(file);
    var told = errors(file, text).stream().map(BadTestsTest::line).toList();
    assertThat(told).isNotEmpty();
    if (Boolean.getBoolean("sluice.regenerate")) {
      var kept = text.lines().filter(l -> !l.startsWith("# ")).map(l -> l + "\n");
      var expected = told.stream().map(l -> l + "\n");
      Files.writeString(file, Stream.concat(kept, expected).collect(Collectors.joining()));
    } else {
      assertThat(told)
          .containsExactlyElementsOf(text.lines().filter(l -> l.startsWith("# ")).toList());
    }
  }

  private static List<Finding> errors(Path file, String text) {
    var name = file.getFileName().toString();
    var kind = AssetKind.of(name.substring(0, name.indexOf('-')));
    var draft = Draft.read(kind, new Source(text, SourceFormat.YAML));
    Links.check(draft, OTHERS);
    return draft.errors();
  }

  private static String line(Finding f) {
    return "# %s %s:%s %s: %s".formatted(f.code(), f.line(), f.column(), f.pointer(), f.detail());
  }

  @Test
  void everyCodeHasItsFileAndItsLineInTheDocuments() throws IOException {
    var seen = new TreeSet<String>();
    for (var file : files().toList()) {
      errors(file, Files.readString(file)).forEach(f -> seen.add(f.code()));
    }
    var documented = Files.readString(Path.of("../docs/problems.md"));
    var known = new TreeSet<String>();
    try (var sources = Files.walk(SOURCES.resolve("model"))) {
      for (var source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
        CODE.matcher(Files.readString(source)).results().forEach(m -> known.add(m.group(1)));
      }
    }
    assertThat(known).hasSizeGreaterThan(20);
    assertThat(known).allSatisfy(c -> assertThat(documented).contains("`" + c + "`"));
    // Only a huge file has the one; the other needs files: TestAssetsHttpTest.
    known.removeAll(List.of("TOO_LARGE", "UNKNOWN_RECORDING"));
    assertThat(seen).containsAll(known);
  }

  @Test
  void nothingOfTheInsideIsTold() throws IOException {
    for (var file : files().toList()) {
      assertThat(errors(file, Files.readString(file)))
          .allSatisfy(f -> assertThat(f.detail()).doesNotContain("Exception", "java.", "jackson"))
          .allSatisfy(f -> assertThat(f.detail()).isNotBlank());
    }
  }
}
