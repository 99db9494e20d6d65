package io.sluice.expression;

import io.sluice.expression.jsonata.Program;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression that is compiled once. Threads may share it.
public final class Expression {
  private final String source;
  private final Program program;
  private final @Nullable Path path;

  private Expression(String source, Bounds bounds) {
    this.source = source;
    this.program = Program.compile(source, bounds);
    this.path = Path.of(source);
  }

  /// Compiles, within the usual bounds.
  ///
  /// @param source JSONata, with or without `${ … }` around it
  /// @throws ExpressionProblem.Malformed when it is not JSONata, or uses what is refused
  public static Expression of(String source) {
    return of(source, Bounds.DEFAULT);
  }

  /// Compiles.
  public static Expression of(String source, Bounds bounds) {
    return new Expression(Holes.strip(source), bounds);
  }

  /// The source, without `${ … }` around it.
  public String source() {
    return source;
  }

  /// What it reads of the document. It sees nothing else of it.
  public Set<Reference> references() {
    return program.references();
  }

  /// Whether it asks for the time, so that a [Scope] must have one.
  public boolean asksForTime() {
    return program.asksForTime();
  }

  /// The value, or null when there is none. `$now()` fails, as there is no time.
  public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> document) {
    return evaluate(new Scope(document, null));
  }

  /// The value, or null when there is none.
  ///
  /// @throws ExpressionProblem.Failed when it does not fit the document
  /// @throws ExpressionProblem.TooCostly when a bound is reached
  public @Nullable Object evaluate(Scope scope) {
    if (path != null) {
      Object found = path.find(scope.document());
      if (found != Path.UNSURE) {
        return found;
      }
    }
    return program.evaluate(scope);
  }

  /// Whether the value counts as true, as `$boolean` decides: nothing, null, `false`, `0`, empty
  /// text, an empty object, and an array without anything true in it do not.
  public boolean test(Map<String, ? extends @Nullable Object> document) {
    return test(new Scope(document, null));
  }

  /// Whether the value counts as true.
  public boolean test(Scope scope) {
    return Program.truth(evaluate(scope));
  }

  /// The value as a list: an array as it is, nothing and null as an empty list, anything else
  /// alone.
  public List<@Nullable Object> items(Map<String, ? extends @Nullable Object> document) {
    return items(new Scope(document, null));
  }

  /// The value as a list.
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> items(Scope scope) {
    Object value = evaluate(scope);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? (List<@Nullable Object>) list : List.of(value);
  }

  @Override
  public String toString() {
    return source;
  }
}
