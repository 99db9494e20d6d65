package io.sluice.sources;

import io.sluice.sources.Findings.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads JSON or YAML as plain JSON, and notes where everything stands.
///
/// Of YAML it takes what JSON can say: no aliases (a few lines of them expand to gigabytes), no
/// tags beyond the usual, one document. A key that is there twice is an error in both.
public final class SourceReader {
  /// No definition within its limits is nested as deep.
  private static final int DEEPEST = 150;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNestingDepth(DEEPEST + 50).build();
  private static final TokenStreamFactory JSON =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
  private static final TokenStreamFactory YAML =
      YAMLFactory.builder().streamReadConstraints(CONSTRAINTS).build();

  private final Findings findings;
  private final JsonParser parser;

  private SourceReader(Findings findings, JsonParser parser) {
    this.findings = findings;
    this.parser = parser;
  }

  /// The value; null if there is none, or if the text can not be read: then the findings say why.
  public static @Nullable Object read(String text, SourceFormat format, Findings findings) {
    var factory = format == SourceFormat.JSON ? JSON : YAML;
    try (var parser = factory.createParser(ObjectReadContext.empty(), text)) {
      return new SourceReader(findings, parser).document();
    } catch (JacksonException e) {
      findings.error("SYNTAX", "", place(e.getLocation()), syntax(e, format));
      return null;
    }
  }

  private static String syntax(JacksonException e, SourceFormat format) {
    // YAML's reader first says what it was about, then what was wrong with it.
    var lines = String.valueOf(e.getOriginalMessage()).lines().toList();
    var said = lines.getFirst();
    if (said.startsWith("while ")) {
      said =
          lines.stream()
              .skip(1)
              .filter(l -> !l.startsWith(" "))
              .findFirst()
              .map(l -> lines.getFirst() + ": " + l)
              .orElse(said);
    }
    var told = said.replaceAll("\\s*\\(?(start marker )?(at )?\\[Source:[^\\]]*\\]\\)?", "");
    return "This is not " + format + ": " + told;
  }

  private static Place place(@Nullable TokenStreamLocation at) {
    return at == null
        ? new Place(1, 1)
        : new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  private @Nullable Object document() {
    if (parser.nextToken() == null) {
      findings.error("SYNTAX", "", new Place(1, 1), "There is no definition: the text is empty");
      return null;
    }
    note("");
    var value = value("", 0);
    if (parser.nextToken() != null) {
      findings.error(
          "SYNTAX",
          "",
          place(parser.currentTokenLocation()),
          "Something follows the definition: one text has one definition");
    }
    return value;
  }

  private void note(String pointer) {
    var at = place(parser.currentTokenLocation());
    findings.place(pointer, at.line(), at.column());
  }

  private @Nullable Object value(String pointer, int depth) {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      findings.error("ALIAS", pointer, "Aliases are not read; write the value out");
      return null;
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> depth < DEEPEST ? object(pointer, depth) : tooDeep(pointer);
      case START_ARRAY -> depth < DEEPEST ? array(pointer, depth) : tooDeep(pointer);
      case VALUE_STRING -> text(pointer, parser.getString());
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal(pointer);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> {
        findings.error("SYNTAX", pointer, "JSON has no such value; write it as text");
        yield null;
      }
    };
  }

  /// PostgreSQL can not store the character 0, whatever JSON says.
  private String text(String pointer, String text) {
    if (text.indexOf('\0') < 0) {
      return text;
    }
    findings.error("BAD_FORMAT", pointer, "has a character 0 in it, which can not be stored");
    return text.replace('\0', ' ');
  }

  private @Nullable Object tooDeep(String pointer) {
    findings.error("TOO_DEEP", pointer, "is nested more than " + DEEPEST + " levels deep");
    parser.skipChildren();
    return null;
  }

  private @Nullable Object decimal(String pointer) {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      findings.error("OUT_OF_RANGE", pointer, "is beyond all numbers that JSON can say");
      return null;
    }
    return number;
  }

  private Map<String, @Nullable Object> object(String pointer, int depth) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = text(pointer, parser.currentName());
      var below = Pointers.child(pointer, name);
      if (map.containsKey(name)) {
        findings.error(
            "DUPLICATE_KEY",
            below,
            place(parser.currentTokenLocation()),
            "The key '" + name + "' is there twice; leave one out");
      } else {
        note(below);
      }
      parser.nextToken();
      map.put(name, value(below, depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> array(String pointer, int depth) {
    var list = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var below = Pointers.child(pointer, list.size());
      note(below);
      list.add(value(below, depth + 1));
    }
    return list;
  }
}
