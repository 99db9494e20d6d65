package io.sluice.cli;

import io.sluice.cli.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON on the command line: as it is, or `@` and a file.
final class JsonArgument {
  private JsonArgument() {}

  /// Reads it.
  ///
  /// @param text null: none was given
  static @Nullable JsonNode read(CommandLine line, String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Json.read(text.startsWith("@") ? file(line, text.substring(1)) : text);
    } catch (JacksonException e) {
      throw new ParameterException(line, option + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String file(CommandLine line, String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      throw new ParameterException(line, "'" + name + "' can not be read", e);
    }
  }
}
