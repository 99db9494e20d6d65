package io.sluice.expression;

import io.sluice.expression.jsonata.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A JSON value with expressions in `${ … }` inside its strings; keys are left alone.
///
/// A string that is one `${ … }` and nothing else becomes the expression's value, whatever its
/// type. In other strings each value is written as text: nothing and null as no text, objects and
/// arrays as JSON. `$${` stands for `${` itself.
///
/// Threads may share it.
public final class Template {
  private sealed interface Node {}

  private record Constant(@Nullable Object value) implements Node {}

  private record Whole(Expression expression) implements Node {}

  /// Text and expressions by turns.
  private record Mixed(List<Node> parts) implements Node {}

  private record Items(List<Node> items) implements Node {}

  private record Members(Map<String, Node> members) implements Node {}

  private final Node root;
  private final Set<Reference> references;

  private Template(Node root) {
    this.root = root;
    var found = new TreeSet<Reference>();
    collect(root, found);
    this.references = Set.copyOf(found);
  }

  /// Compiles all its expressions, within the usual bounds.
  ///
  /// @throws ExpressionProblem.Malformed when one can not be compiled, or a `${` has no end
  public static Template of(@Nullable Object json) {
    return of(json, Expression::of);
  }

  /// Compiles all its expressions.
  ///
  /// @param compiler makes an expression of a source; a cache's, most often
  public static Template of(@Nullable Object json, Function<String, Expression> compiler) {
    return new Template(compile(json, compiler));
  }

  /// What it reads of the document.
  public Set<Reference> references() {
    return references;
  }

  /// Whether it has no expression in it.
  public boolean constant() {
    return root instanceof Constant;
  }

  /// The value with every expression replaced. `$now()` fails, as there is no time.
  public @Nullable Object render(Map<String, ? extends @Nullable Object> document) {
    return render(new Scope(document, null));
  }

  /// The value with every expression replaced.
  ///
  /// @throws ExpressionProblem when one does not fit the document, or reaches a bound
  public @Nullable Object render(Scope scope) {
    return render(root, scope);
  }

  private static Node compile(@Nullable Object json, Function<String, Expression> compiler) {
    return switch (json) {
      case String text -> text(text, compiler);
      case List<?> list -> items(list, compiler);
      case Map<?, ?> map -> members(map, compiler);
      case null, default -> new Constant(json);
    };
  }

  private static Node items(List<?> list, Function<String, Expression> compiler) {
    var nodes = new ArrayList<Node>(list.size());
    boolean constant = true;
    for (Object item : list) {
      Node node = compile(item, compiler);
      constant &= unchanged(node, item);
      nodes.add(node);
    }
    return constant ? new Constant(list) : new Items(nodes);
  }

  private static Node members(Map<?, ?> map, Function<String, Expression> compiler) {
    var nodes = new LinkedHashMap<String, Node>();
    boolean constant = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Node node = compile(entry.getValue(), compiler);
      constant &= unchanged(node, entry.getValue());
      nodes.put(String.valueOf(entry.getKey()), node);
    }
    return constant ? new Constant(map) : new Members(nodes);
  }

  /// A text with `$${` in it is a constant, but another one.
  @SuppressWarnings("ReferenceEquality")
  private static boolean unchanged(Node node, @Nullable Object json) {
    return node instanceof Constant(Object value) && value == json;
  }

  private static Node text(String text, Function<String, Expression> compiler) {
    if (!text.contains(Holes.OPEN)) {
      return new Constant(text);
    }
    List<Node> parts = parts(text, compiler);
    if (parts.isEmpty()) {
      return new Constant("");
    }
    return parts.size() == 1 ? parts.getFirst() : new Mixed(parts);
  }

  private static List<Node> parts(String text, Function<String, Expression> compiler) {
    var parts = new ArrayList<Node>();
    var plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$" + Holes.OPEN, at)) {
        plain.append(Holes.OPEN);
        at += 3;
      } else if (text.startsWith(Holes.OPEN, at)) {
        flush(plain, parts);
        int end = endOf(text, at);
        parts.add(new Whole(compiler.apply(text.substring(at + 2, end).strip())));
        at = end + 1;
      } else {
        plain.append(text.charAt(at++));
      }
    }
    flush(plain, parts);
    return parts;
  }

  private static int endOf(String text, int at) {
    int end = Holes.end(text, at + 2);
    if (end < 0) {
      throw new ExpressionProblem.Malformed(
          at,
          "The ${ at character "
              + at
              + " has no } that closes it. Close it, or write $${ for the two characters"
              + " themselves");
    }
    return end;
  }

  private static void flush(StringBuilder plain, List<Node> parts) {
    if (!plain.isEmpty()) {
      parts.add(new Constant(plain.toString()));
      plain.setLength(0);
    }
  }

  private static void collect(Node node, Set<Reference> found) {
    switch (node) {
      case Constant _ -> {}
      case Whole(Expression expression) -> found.addAll(expression.references());
      case Mixed(List<Node> parts) -> parts.forEach(part -> collect(part, found));
      case Items(List<Node> items) -> items.forEach(item -> collect(item, found));
      case Members(Map<String, Node> members) ->
          members.values().forEach(member -> collect(member, found));
    }
  }

  private static @Nullable Object render(Node node, Scope scope) {
    return switch (node) {
      case Constant(Object value) -> value;
      case Whole(Expression expression) -> expression.evaluate(scope);
      case Mixed(List<Node> parts) -> {
        var text = new StringBuilder();
        parts.forEach(part -> text.append(Program.text(render(part, scope))));
        yield text.toString();
      }
      case Items(List<Node> items) -> {
        var list = new ArrayList<@Nullable Object>(items.size());
        items.forEach(item -> list.add(render(item, scope)));
        yield list;
      }
      case Members(Map<String, Node> members) -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        members.forEach((name, member) -> map.put(name, render(member, scope)));
        yield map;
      }
    };
  }
}
