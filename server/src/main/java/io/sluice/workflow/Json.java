package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Plain JSON as what a job returns or a step records, alone: written as it is, with its nulls,
/// whatever the codec leaves out elsewhere.
///
/// @param value maps, lists, texts, numbers, truth values, null
public record Json(@Nullable Object value) {
  /// Read.
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Json of(@Nullable Object value) {
    return new Json(value);
  }

  /// Written.
  @JsonValue
  public JsonNode tree() {
    return tree(value);
  }

  private static JsonNode tree(@Nullable Object value) {
    var make = JsonNodeFactory.instance;
    return switch (value) {
      case null -> make.nullNode();
      case String text -> make.stringNode(text);
      case Boolean truth -> make.booleanNode(truth);
      case Integer number -> make.numberNode(number);
      case Long number -> make.numberNode(number);
      case Double number -> make.numberNode(number);
      case BigInteger number -> make.numberNode(number);
      case BigDecimal number -> make.numberNode(number);
      case Number number -> make.numberNode(number.doubleValue());
      case Map<?, ?> map -> {
        var node = make.objectNode();
        map.forEach((name, member) -> node.set(String.valueOf(name), tree(member)));
        yield node;
      }
      case List<?> list -> {
        var node = make.arrayNode(list.size());
        list.forEach(item -> node.add(tree(item)));
        yield node;
      }
      default -> make.stringNode(value.toString());
    };
  }
}
