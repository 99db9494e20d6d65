package io.sluice.testing.runners;

import io.sluice.testing.run.Runner.CaseError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What a browser needs, installed by the operator: Chromium, Node, and Playwright's driver
/// (`playwright-core` of npm, in the version of the library).
///
/// @param chromium null: the usual places are searched
/// @param node null: likewise
/// @param driver the folder of playwright-core, with `cli.js` in it; null: likewise
@ConfigurationProperties("sluice.browser")
record BrowserSettings(@Nullable Path chromium, @Nullable Path node, @Nullable Path driver) {
  private static final List<Path> CHROMIUM =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final List<Path> NODE =
      List.of(Path.of("/usr/bin/node"), Path.of("/usr/local/bin/node"));
  private static final List<Path> DRIVER =
      List.of(
          Path.of("/usr/lib/node_modules/playwright-core"),
          Path.of("/usr/local/lib/node_modules/playwright-core"));

  /// All that is needed, found.
  record Found(Path chromium, Path node, Path driver) {}

  /// Finds what is installed.
  ///
  /// @throws CaseError that says what is missing
  Found find() {
    return new Found(
        one("Chromium", "sluice.browser.chromium", chromium, CHROMIUM, ""),
        one("Node", "sluice.browser.node", node, NODE, ""),
        one(
            "Playwright's driver (npm install -g playwright-core@1.61.0)",
            "sluice.browser.driver",
            driver,
            DRIVER,
            "cli.js"));
  }

  private static Path one(
      String what, String setting, @Nullable Path named, List<Path> usual, String inside) {
    var places = named == null ? usual : List.of(named);
    return places.stream()
        .filter(place -> Files.exists(inside.isEmpty() ? place : place.resolve(inside)))
        .findFirst()
        .orElseThrow(() ->
            new CaseError(
                "NO_BROWSER",
                "%s is not installed where it was looked for; install it, or set %s"
                    .formatted(what, setting),
                places.toString()));
  }

  /// The driver as the library wants it: a folder with `package` in it.
  static Path shelf(Path driver, Path temporary) {
    try {
      if (driver.endsWith("package")) {
        return java.util.Objects.requireNonNull(driver.toAbsolutePath().getParent());
      }
      var shelf = Files.createTempDirectory(Files.createDirectories(temporary), "playwright");
      Files.createSymbolicLink(shelf.resolve("package"), driver.toAbsolutePath());
      return shelf;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
