package io.sluice.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the documents of the repository lie.
final class Docs {
  private Docs() {}

  static Path file(String name) {
    var here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("pom.xml")) || !Files.exists(here.resolve("engine"))) {
      here = here.getParent();
    }
    return here.resolve("docs").resolve(name);
  }
}
