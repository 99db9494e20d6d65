package io.sluice.sources;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON Schema that somebody wrote: draft 2020-12, without references to anything outside of it.
/// Threads may share it.
public final class JsonSchema {
  /// The keyword by which our own schemas say what to do about a broken rule.
  public static final String HINT = "x-hint";

  /// The keyword by which our own schemas name the code of a value that is not among those
  /// possible.
  public static final String CODE = "x-code";

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /// A value of a megabyte takes less.
  private static final long MOST_STEPS = 5_000_000;

  /// Far below what ends a thread's stack; a schema that refers to itself without end reaches it.
  private static final int DEEPEST = 500;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new AnnotationKeyword(HINT))
          .keyword(new AnnotationKeyword(CODE))
          .unknownKeywordFactory((name, _) -> new AnnotationKeyword(name))
          .build();
  private static final SchemaRegistry REGISTRY = registry();
  private static final Schema META =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(com.networknt.schema.SchemaLocation.of(DRAFT));

  private final JsonNode node;
  private final Schema schema;

  private JsonSchema(JsonNode node, Schema schema) {
    this.node = node;
    this.schema = schema;
  }

  private static SchemaRegistry registry() {
    var config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .executionContextCustomizer((context, _) ->
                context.executionConfig(
                    c -> c.maxEvaluationSteps(MOST_STEPS).maxEvaluationDepth(DEEPEST)))
            .build();
    return SchemaRegistry.withDefaultDialect(
        DIALECT,
        builder ->
            builder
                .schemaRegistryConfig(config)
                .schemaCacheEnabled(false)
                .resourceLoaders(loaders -> loaders.values(List::clear)));
  }

  /// Something that does not fit.
  ///
  /// @param pointer a JSON pointer to it
  /// @param message what is wrong
  public record Misfit(String pointer, String message) {}

  /// What is wrong with a schema itself; empty if it can be used.
  public static List<Misfit> faults(Map<String, ? extends @Nullable Object> schema) {
    var found = new ArrayList<Misfit>();
    if (schema.get("$schema") instanceof String draft && !draft.replace("#", "").equals(DRAFT)) {
      found.add(new Misfit("/$schema", "must be " + DRAFT + ", or be left out"));
    }
    outside(schema, "", found);
    for (var error : META.validate((JsonNode) JSON.valueToTree(schema))) {
      var fault = misfit(error);
      // The draft says "one of these" of many things; the first reason is enough.
      if (found.stream().noneMatch(f -> f.pointer().equals(fault.pointer()))) {
        found.add(fault);
      }
    }
    if (found.isEmpty()) {
      try {
        of(schema).check(null);
      } catch (IllegalArgumentException e) {
        found.add(new Misfit("", String.valueOf(e.getMessage())));
      }
    }
    return found;
  }

  /// References that would have to be fetched.
  private static void outside(@Nullable Object value, String at, List<Misfit> found) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        outside(list.get(i), at + "/" + i, found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, below) -> {
        var place = Pointers.child(at, String.valueOf(key));
        if (isReference(key) && below instanceof String to && !to.startsWith("#")) {
          found.add(new Misfit(place, "must begin with #: nothing outside is read"));
        }
        outside(below, place, found);
      });
    }
  }

  private static boolean isReference(Object key) {
    return key.equals("$ref") || key.equals("$dynamicRef");
  }

  /// A schema without faults.
  ///
  /// @throws IllegalArgumentException if it can not be used after all
  public static JsonSchema of(Map<String, ? extends @Nullable Object> schema) {
    return of((JsonNode) JSON.valueToTree(schema));
  }

  /// A schema as a tree.
  public static JsonSchema of(JsonNode node) {
    try {
      return new JsonSchema(node, REGISTRY.getSchema(node));
    } catch (SchemaException e) {
      throw new IllegalArgumentException("can not be used as a JSON Schema", e);
    }
  }

  /// What does not fit the schema, in order of place.
  ///
  /// @throws IllegalArgumentException if that can not be told within bounds
  public List<Misfit> check(@Nullable Object value) {
    return errors(value).stream().map(JsonSchema::misfit).distinct().toList();
  }

  /// What does not fit, as the validator says it.
  public List<Error> errors(@Nullable Object value) {
    try {
      return schema.validate((JsonNode) JSON.valueToTree(value));
    } catch (ValidationLimitExceededException e) {
      throw new IllegalArgumentException("takes too long: does it refer to itself?", e);
    } catch (SchemaException e) {
      throw new IllegalArgumentException("can not be used as a JSON Schema", e);
    }
  }

  /// The schema as a tree.
  public JsonNode node() {
    return node;
  }

  private static Misfit misfit(Error error) {
    return new Misfit(Pointers.of(error.getInstanceLocation()), error.getMessage());
  }
}
