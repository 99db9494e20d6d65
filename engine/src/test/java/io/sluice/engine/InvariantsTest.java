package io.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every promise of `docs/invariants.md` names a test that exists.
class InvariantsTest {
  private static final Pattern HEADING = Pattern.compile("(?m)^### (INV-\\d+)\\b");
  private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");

  private record Promise(String number, String text) {}

  private static List<Promise> promises() throws IOException {
    var text = Files.readString(Docs.file("invariants.md"));
    var out = new ArrayList<Promise>();
    var heading = HEADING.matcher(text);
    while (heading.find()) {
      int end = text.indexOf("\n### ", heading.end());
      out.add(
          new Promise(
              heading.group(1), text.substring(heading.end(), end < 0 ? text.length() : end)));
    }
    return out;
  }

  @Test
  void thePromisesAreNumberedWithoutAGap() throws IOException {
    var promises = promises();
    assertThat(promises).isNotEmpty();
    for (int i = 0; i < promises.size(); i++) {
      assertThat(promises.get(i).number()).isEqualTo("INV-" + (i + 1));
    }
  }

  @Test
  void everyPromiseNamesATestThatExists() throws IOException {
    for (var promise : promises()) {
      var proof = PROOF.matcher(promise.text());
      int proofs = 0;
      while (proof.find()) {
        assertThat(exists(proof.group(1), proof.group(2)))
            .as("%s names %s", promise.number(), proof.group())
            .isTrue();
        proofs++;
      }
      assertThat(proofs).as("tests of %s", promise.number()).isPositive();
    }
  }

  /// The test may lie in any module.
  private static boolean exists(String testClass, String method) throws IOException {
    var root = Docs.file("x").getParent().getParent();
    for (var module : List.of("engine", "server", "bench")) {
      var tests = root.resolve(module).resolve("src/test/java");
      if (Files.exists(tests) && declares(tests, testClass + ".java", method)) {
        return true;
      }
    }
    return false;
  }

  private static boolean declares(Path tests, String file, String method) throws IOException {
    try (var files = Files.walk(tests)) {
      for (var source : files.filter(f -> f.endsWith(file)).toList()) {
        if (Pattern.compile("void " + method + "\\(").matcher(Files.readString(source)).find()) {
          return true;
        }
      }
    }
    return false;
  }
}
