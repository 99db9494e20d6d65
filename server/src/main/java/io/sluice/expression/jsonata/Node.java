package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node of the library's syntax tree, which it does not let others see; so the fields are read by
/// reflection, when an expression is compiled and never when it is evaluated. A version of the
/// library that names them otherwise fails the first test of this module.
record Node(Parser.Symbol symbol) {
  private static final Field TREE = open(Jsonata.class, "ast");
  private static final Map<String, Field> FIELDS =
      Arrays.stream(Parser.Symbol.class.getDeclaredFields())
          .filter(field -> !field.isSynthetic())
          .map(field -> open(Parser.Symbol.class, field.getName()))
          .collect(Collectors.toMap(Field::getName, Function.identity()));

  static Node treeOf(Jsonata jsonata) {
    return new Node((Parser.Symbol) Objects.requireNonNull(read(TREE, jsonata)));
  }

  String type() {
    return get("type") instanceof String type ? type : "";
  }

  @Nullable Object value() {
    return get("value");
  }

  /// Puts another value into a literal.
  void value(Object value) {
    try {
      field("value").set(symbol, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  int position() {
    return get("position") instanceof Integer position ? position : 0;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  @Nullable Node child(String name) {
    return get(name) instanceof Parser.Symbol child ? new Node(child) : null;
  }

  List<Node> children(String name) {
    if (!(get(name) instanceof Collection<?> list)) {
      return List.of();
    }
    return list.stream()
        .filter(Parser.Symbol.class::isInstance)
        .map(child -> new Node((Parser.Symbol) child))
        .toList();
  }

  /// Keys and values of an object, by turns.
  List<Node> pairs() {
    if (!(get("lhsObject") instanceof Collection<?> list)) {
      return List.of();
    }
    return list.stream().flatMap(pair -> Stream.of((Parser.Symbol[]) pair)).map(Node::new).toList();
  }

  @Nullable Object get(String name) {
    return read(field(name), symbol);
  }

  private static Field field(String name) {
    return Objects.requireNonNull(FIELDS.get(name), name);
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field open(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("This version of the JSONata library has no " + name, e);
    }
  }
}
