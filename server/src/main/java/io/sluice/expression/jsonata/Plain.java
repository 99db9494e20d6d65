package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import io.sluice.expression.ExpressionProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between plain values and the library's, which has a value for JSON's null and takes Java's null
/// for nothing.
final class Plain {
  private Plain() {}

  static Object in(@Nullable Object value) {
    return switch (value) {
      case null -> Jsonata.NULL_VALUE;
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((name, member) -> copy.put(String.valueOf(name), in(member)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<Object>(list.size());
        list.forEach(item -> copy.add(in(item)));
        yield copy;
      }
      case String text -> text;
      case Number number -> number;
      case Boolean truth -> truth;
      default ->
          throw new ExpressionProblem.Failed(
              "The document holds a " + value.getClass().getSimpleName() + ", which is not JSON");
    };
  }

  static @Nullable Object out(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> copy.put(String.valueOf(name), out(member)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> copy.add(out(item)));
        yield copy;
      }
      case String text -> text;
      case Number number -> number;
      case Boolean truth -> truth;
      default -> {
        if (value == Jsonata.NULL_VALUE) {
          yield null;
        }
        throw new ExpressionProblem.Failed(
            "The result is, or holds, a function. Call it: $f(…) in place of $f");
      }
    };
  }
}
