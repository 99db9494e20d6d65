package io.sluice.cli.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON as trees: a client that is older than its server shows what it does not know.
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /// Reads.
  ///
  /// @throws JacksonException if it is no JSON
  public static JsonNode read(String text) {
    return text.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
  }

  /// An empty object.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// Indented, for stdout.
  public static String write(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  static String compact(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }
}
