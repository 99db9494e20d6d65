package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A definition in a file, sent to the server as it is.
///
/// @param contentType by its name: YAML unless it ends with `.json`
/// @param name of the workflow; empty if it says none
record WorkflowFile(String text, String contentType, String name) {
  static final String YAML = "application/yaml";
  static final String JSON = "application/json";

  /// Reads it.
  static WorkflowFile read(CommandLine line, Path file) {
    try {
      var text = Files.readString(file);
      boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
      return new WorkflowFile(text, json ? JSON : YAML, name(text));
    } catch (IOException e) {
      throw new ParameterException(line, "'" + file + "' can not be read", e);
    }
  }

  /// What is no YAML at all is for the server to complain about, which says where.
  private static String name(String text) {
    try {
      JsonNode tree = new YAMLMapper().readTree(text);
      return tree == null ? "" : tree.path("name").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
