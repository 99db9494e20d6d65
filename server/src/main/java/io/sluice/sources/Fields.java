package io.sluice.sources;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of an object that has the right shape.
public record Fields(Map<String, @Nullable Object> map) {
  /// The members of a value; none if it is no object.
  public static Fields of(@Nullable Object value) {
    return new Fields(Plain.map(value));
  }

  /// Whether it is there, be it null.
  public boolean has(String name) {
    return map.containsKey(name);
  }

  /// The value as it is.
  public @Nullable Object get(String name) {
    return map.get(name);
  }

  /// An object inside.
  public Fields in(String name) {
    return of(map.get(name));
  }

  /// The objects of a list inside.
  public List<Fields> all(String name) {
    return Plain.list(map.get(name)).stream().map(Fields::of).toList();
  }

  /// A text that is there.
  public String text(String name) {
    return map.get(name) instanceof String text ? text : missing(name);
  }

  private static <T> T missing(String name) {
    throw new IllegalStateException("the schema lets '" + name + "' be away");
  }

  /// A text that may be away.
  public @Nullable String maybe(String name) {
    return map.get(name) instanceof String text ? text : null;
  }

  /// The values of a list, as text.
  public List<String> texts(String name) {
    return Plain.list(map.get(name)).stream().map(String::valueOf).toList();
  }

  /// A whole number.
  public int number(String name, int otherwise) {
    return map.get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  /// A whole number that may be away.
  public @Nullable Integer number(String name) {
    return map.get(name) instanceof Number number ? Integer.valueOf(number.intValue()) : null;
  }

  /// True or false.
  public boolean flag(String name, boolean otherwise) {
    return map.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  /// A name of an enum, in whatever case.
  public <E extends Enum<E>> E choice(String name, E otherwise) {
    return map.get(name) instanceof String text
        ? Enum.valueOf(otherwise.getDeclaringClass(), text.toUpperCase(Locale.ROOT))
        : otherwise;
  }

  /// A duration that may be away.
  public @Nullable Duration duration(String name) {
    return map.get(name) instanceof String text ? Duration.parse(text) : null;
  }

  /// A duration.
  public Duration duration(String name, Duration otherwise) {
    var given = duration(name);
    return given == null ? otherwise : given;
  }

  /// An expression that is there.
  public Expression expression(String name) {
    return Expression.of(text(name));
  }

  /// An expression that may be away.
  public @Nullable Expression maybeExpression(String name) {
    return map.get(name) instanceof String text ? Expression.of(text) : null;
  }

  /// Expressions by name.
  public Map<String, Expression> expressions(String name) {
    var all = new LinkedHashMap<String, Expression>();
    in(name).map().forEach((key, value) -> all.put(key, Expression.of(Plain.text(value))));
    return all;
  }

  /// A template.
  public Template template(String name) {
    return Template.of(map.get(name));
  }

  /// Null only if it is not there: a null that is written is a value.
  public @Nullable Template maybeTemplate(String name) {
    return map.containsKey(name) ? Template.of(map.get(name)) : null;
  }

  /// Templates by name.
  public Map<String, Template> templates(String name) {
    var all = new LinkedHashMap<String, Template>();
    in(name).map().forEach((key, value) -> all.put(key, Template.of(value)));
    return all;
  }

  /// A list of templates.
  public List<Template> templateList(String name) {
    return Plain.list(map.get(name)).stream().map(Template::of).toList();
  }
}
