package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Scope;
import io.sluice.sources.JsonSchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A stored transformation rule at one version.
///
/// @param inputSchema what it takes; null: anything
/// @param outputSchema what it gives; null: anything
public record Rule(
    String name,
    int version,
    Expression expression,
    @Nullable JsonSchema inputSchema,
    @Nullable JsonSchema outputSchema) {

  /// A value that does not satisfy the rule's schema.
  public static final class Misfit extends RuntimeException {
    private final String code;

    Misfit(String code, String detail) {
      super(detail);
      this.code = code;
    }

    /// `RULE_INPUT` or `RULE_OUTPUT`.
    public String code() {
      return code;
    }
  }

  /// The value that the rule makes of another one. Its expression sees the members of the value;
  /// one that is no object is seen as `value`.
  ///
  /// @throws Misfit if a schema is not satisfied
  /// @throws io.sluice.expression.ExpressionProblem if the expression fails
  public @Nullable Object apply(@Nullable Object value) {
    return apply(value, null);
  }

  /// The value that the rule makes of another one, at a moment.
  ///
  /// @param now what `$now()` tells; null: it fails
  public @Nullable Object apply(@Nullable Object value, @Nullable Instant now) {
    fits("RULE_INPUT", inputSchema, value);
    var result = expression.evaluate(new Scope(document(value), now));
    fits("RULE_OUTPUT", outputSchema, result);
    return result;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> document(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    var document = new HashMap<String, @Nullable Object>();
    document.put("value", value);
    return document;
  }

  private void fits(String code, @Nullable JsonSchema schema, @Nullable Object value) {
    if (schema == null) {
      return;
    }
    var misfits = misfits(schema, value);
    if (!misfits.isEmpty()) {
      throw new Misfit(
          code,
          "Rule '"
              + name
              + "' "
              + (code.equals("RULE_INPUT") ? "can not take this: " : "gave what it may not: ")
              + misfits.stream()
                  .map(m -> m.pointer() + " " + m.message())
                  .collect(Collectors.joining("; ")));
    }
  }

  private static List<JsonSchema.Misfit> misfits(JsonSchema schema, @Nullable Object value) {
    try {
      return schema.check(value);
    } catch (IllegalArgumentException e) {
      return List.of(new JsonSchema.Misfit("", "the schema " + e.getMessage()));
    }
  }
}
