package io.sluice.workflow.model.reading;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of an object that has the right shape.
record Fields(Map<String, @Nullable Object> map) {
  static Fields of(@Nullable Object value) {
    return new Fields(Plain.map(value));
  }

  boolean has(String name) {
    return map.containsKey(name);
  }

  @Nullable Object get(String name) {
    return map.get(name);
  }

  Fields in(String name) {
    return of(map.get(name));
  }

  List<Fields> all(String name) {
    return Plain.list(map.get(name)).stream().map(Fields::of).toList();
  }

  /// A text that is there.
  String text(String name) {
    return map.get(name) instanceof String text ? text : missing(name);
  }

  private static <T> T missing(String name) {
    throw new IllegalStateException("the schema lets '" + name + "' be away");
  }

  @Nullable String maybe(String name) {
    return map.get(name) instanceof String text ? text : null;
  }

  List<String> texts(String name) {
    return Plain.list(map.get(name)).stream().map(String::valueOf).toList();
  }

  int number(String name, int otherwise) {
    return map.get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  @Nullable Integer number(String name) {
    return map.get(name) instanceof Number number ? Integer.valueOf(number.intValue()) : null;
  }

  boolean flag(String name, boolean otherwise) {
    return map.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  <E extends Enum<E>> E choice(String name, E otherwise) {
    return map.get(name) instanceof String text
        ? Enum.valueOf(otherwise.getDeclaringClass(), text.toUpperCase(Locale.ROOT))
        : otherwise;
  }

  @Nullable Duration duration(String name) {
    return map.get(name) instanceof String text ? Duration.parse(text) : null;
  }

  Duration duration(String name, Duration otherwise) {
    var given = duration(name);
    return given == null ? otherwise : given;
  }

  Expression expression(String name) {
    return Expression.of(text(name));
  }

  @Nullable Expression maybeExpression(String name) {
    return map.get(name) instanceof String text ? Expression.of(text) : null;
  }

  Map<String, Expression> expressions(String name) {
    var all = new LinkedHashMap<String, Expression>();
    in(name).map().forEach((key, value) -> all.put(key, Expression.of(Plain.text(value))));
    return all;
  }

  Template template(String name) {
    return Template.of(map.get(name));
  }

  /// Null only if it is not there: a null that is written is a value.
  @Nullable Template maybeTemplate(String name) {
    return map.containsKey(name) ? Template.of(map.get(name)) : null;
  }

  Map<String, Template> templates(String name) {
    var all = new LinkedHashMap<String, Template>();
    in(name).map().forEach((key, value) -> all.put(key, Template.of(value)));
    return all;
  }

  List<Template> templateList(String name) {
    return Plain.list(map.get(name)).stream().map(Template::of).toList();
  }
}
