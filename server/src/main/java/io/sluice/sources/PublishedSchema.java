package io.sluice.sources;

import com.networknt.schema.Error;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A schema that editors use too, and what breaking it is called.
public final class PublishedSchema {
  private static final Pattern ANY = Pattern.compile("/anyOf/\\d+(?:/|$)");

  /// What lies inside of one of several alternatives is not worth telling: the choice itself is.
  private static final Pattern INSIDE = Pattern.compile("/oneOf/\\d+(?:/|$)|/not/");

  private final JsonSchema schema;

  private PublishedSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /// Reads one.
  ///
  /// @param resource where it lies, e.g. `/io/sluice/workflow/workflow.schema.json`
  public static PublishedSchema load(String resource) {
    return new PublishedSchema(JsonSchema.of(tree(resource)));
  }

  /// Reads one, and puts `$defs` that several have in common into it.
  ///
  /// @param parts where those lie
  public static PublishedSchema load(String resource, String parts) {
    var schema = tree(resource);
    schema.set("$defs", tree(parts).get("$defs"));
    return new PublishedSchema(JsonSchema.of(schema));
  }

  private static ObjectNode tree(String resource) {
    try (var in = PublishedSchema.class.getResourceAsStream(resource)) {
      return (ObjectNode) JsonMapper.shared().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The schema as a tree.
  public JsonNode json() {
    return schema.node();
  }

  /// Tells all that does not fit.
  public void check(@Nullable Object value, Findings findings) {
    for (var error : schema.errors(value)) {
      var rule = Pointers.of(error.getSchemaLocation().getFragment());
      if (rule.contains("/propertyNames")) {
        badName(error, rule, findings);
      } else if (ANY.matcher(rule).find()) {
        // The validator tells only why each alternative does not fit.
        var place = Pointers.of(error.getInstanceLocation());
        findings.error("BAD_SHAPE", place, hint(rule, "does not fit"));
      } else if (!INSIDE.matcher(rule).find()) {
        new Breach(error, rule, findings).tell();
      }
    }
  }

  /// The name of a member breaks a rule; the validator gives the object.
  private void badName(Error error, String rule, Findings findings) {
    var name =
        error.getProperty() != null ? error.getProperty() : error.getInstanceNode().asString();
    var place = Pointers.child(Pointers.of(error.getInstanceLocation()), name);
    findings.error("BAD_FORMAT", place, "'" + name + "' " + hint(rule, "is no name"));
  }

  /// The nearest hint at or above a rule.
  private String hint(String rule, String otherwise) {
    for (var at = rule; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      var hint = schema.node().at(at).path(JsonSchema.HINT);
      if (hint.isString()) {
        return hint.asString();
      }
    }
    return otherwise;
  }

  /// One broken rule.
  private final class Breach {
    private final Error error;
    private final String rule;
    private final Findings findings;

    Breach(Error error, String rule, Findings findings) {
      this.error = error;
      this.rule = rule;
      this.findings = findings;
    }

    void tell() {
      var keyword = String.valueOf(error.getKeyword());
      switch (keyword) {
        case "required" -> missing();
        case "additionalProperties" -> unknownField();
        case "enum" -> unknownValue();
        case "type" -> tell("WRONG_TYPE", "must be " + types() + ", not " + written());
        case "pattern" -> tell("BAD_FORMAT", written() + " " + hint(rule, "is not well formed"));
        case "minLength", "minItems", "minProperties" -> tell("EMPTY", "must not be empty");
        case "maxLength", "maxItems", "maxProperties" ->
            tell("TOO_LARGE", "is too long: at most " + limit() + " are possible");
        case "minimum" -> tell("OUT_OF_RANGE", "must be " + limit() + " or more, not " + written());
        case "maximum" -> tell("OUT_OF_RANGE", "must be " + limit() + " or less, not " + written());
        case "uniqueItems" -> tell("DUPLICATE", "has something twice");
        case "dependentRequired", "oneOf", "not" -> shape();
        default -> tell("NOT_HERE", "does not belong here: another type of 'auth' has it");
      }
    }

    private void tell(String code, String detail) {
      findings.error(code, place(), detail);
    }

    /// What is no object at all is told by its type.
    private void shape() {
      if (error.getInstanceNode().isObject()) {
        tell("BAD_SHAPE", hint(rule, "does not fit"));
      }
    }

    private String place() {
      return Pointers.of(error.getInstanceLocation());
    }

    private void missing() {
      tell("MISSING_FIELD", "The field '" + error.getProperty() + "' is missing");
    }

    private void unknownField() {
      var name = error.getProperty();
      var known = new ArrayList<>(owner().path("properties").propertyNames());
      findings.error(
          "UNKNOWN_FIELD",
          Pointers.child(place(), name),
          "The field '"
              + name
              + "' is not known here."
              + Nearest.hint(name, known)
              + " Known are "
              + String.join(", ", known));
    }

    private void unknownValue() {
      var known = values(rule);
      tell(
          owner().path(JsonSchema.CODE).asString("UNKNOWN_VALUE"),
          written()
              + " is not possible."
              + Nearest.hint(error.getInstanceNode().asString(""), known)
              + " Possible are "
              + String.join(", ", known));
    }

    private JsonNode owner() {
      return schema.node().at(rule.substring(0, rule.lastIndexOf('/')));
    }

    private String limit() {
      return schema.node().at(rule).asString();
    }

    private String types() {
      var types = schema.node().at(rule);
      return (types.isArray() ? values(rule) : List.of(types.asString()))
          .stream().map(Breach::inWords).collect(Collectors.joining(" or "));
    }

    private static String inWords(String type) {
      return switch (type) {
        case "object" -> "an object";
        case "array" -> "a list";
        case "string" -> "a text";
        case "integer" -> "a whole number";
        case "boolean" -> "true or false";
        default -> type;
      };
    }

    private List<String> values(String rule) {
      return schema.node().at(rule).valueStream().map(JsonNode::asString).toList();
    }

    private String written() {
      var value = error.getInstanceNode();
      return value.isObject() ? "an object" : value.isArray() ? "a list" : shortened(value);
    }

    private static String shortened(JsonNode value) {
      var text = value.isString() ? "'" + value.asString() + "'" : value.toString();
      return text.length() <= 60 ? text : text.substring(0, 57) + "…'";
    }
  }
}
