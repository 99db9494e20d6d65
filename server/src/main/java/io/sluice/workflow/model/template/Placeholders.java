package io.sluice.workflow.model.template;

import io.sluice.sources.Canonical;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds and fills `{{name}}` in the texts of plain JSON; keys are left alone.
public final class Placeholders {
  private static final Pattern ONE =
      Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*\\}\\}");

  /// Fields that are expressions without `${ }` too; all members of `extract` are.
  private static final Set<String> EXPRESSIONS =
      Set.of("when", "condition", "items", "expression", "assert", "filter");

  private final Map<String, Parameter> parameters;
  private final Map<String, @Nullable Object> values;

  private Placeholders(Map<String, Parameter> parameters, Map<String, @Nullable Object> values) {
    this.parameters = parameters;
    this.values = values;
  }

  /// Tells every placeholder with the pointer of its text.
  public static void find(@Nullable Object json, String pointer, BiConsumer<String, String> found) {
    switch (json) {
      case String text ->
          ONE.matcher(text).results().forEach(m -> found.accept(m.group(1), pointer));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          find(list.get(i), pointer + "/" + i, found);
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, value) ->
              find(value, io.sluice.sources.Pointers.child(pointer, String.valueOf(key)), found));
      case null, default -> {}
    }
  }

  /// The JSON with values in the place of placeholders.
  ///
  /// @param values by name, all of them checked; null where one was left out
  public static @Nullable Object fill(
      Map<String, @Nullable Object> json,
      List<Parameter> parameters,
      Map<String, @Nullable Object> values) {
    var byName = new LinkedHashMap<String, Parameter>();
    parameters.forEach(p -> byName.put(p.name(), p));
    return new Placeholders(byName, values).value(json, false);
  }

  private @Nullable Object value(@Nullable Object json, boolean expression) {
    return switch (json) {
      case String text -> text(text, expression);
      case List<?> list -> {
        var filled = new ArrayList<@Nullable Object>();
        list.forEach(item -> filled.add(value(item, false)));
        yield filled;
      }
      case Map<?, ?> map -> members(map);
      case null, default -> json;
    };
  }

  private Map<String, @Nullable Object> members(Map<?, ?> map) {
    var filled = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, below) -> {
      var name = String.valueOf(key);
      boolean all = name.equals("extract") && below instanceof Map<?, ?>;
      filled.put(
          name, all ? extracts((Map<?, ?>) below) : value(below, EXPRESSIONS.contains(name)));
    });
    return filled;
  }

  private Map<String, @Nullable Object> extracts(@Nullable Map<?, ?> map) {
    var filled = new LinkedHashMap<String, @Nullable Object>();
    if (map != null) {
      map.forEach((name, source) -> filled.put(String.valueOf(name), value(source, true)));
    }
    return filled;
  }

  private @Nullable Object text(String text, boolean expression) {
    var whole = ONE.matcher(text);
    if (whole.matches() && !expression) {
      return values.get(whole.group(1));
    }
    var filled = new StringBuilder();
    int open = expression ? 1 : 0;
    int at = 0;
    while (at < text.length()) {
      var next = ONE.matcher(text).region(at, text.length());
      if (next.lookingAt()) {
        filled.append(written(next.group(1), open > 0));
        at = next.end();
      } else if (open == 0 && text.startsWith("$${", at)) {
        filled.append("$${");
        at += 3;
      } else {
        char c = text.charAt(at);
        boolean opens = text.startsWith("${", at);
        open += c == '{' && open > 0 || opens ? 1 : c == '}' && open > 0 ? -1 : 0;
        filled.append(opens ? "${" : c);
        at += opens ? 2 : 1;
      }
    }
    return filled.toString();
  }

  private String written(String name, boolean inExpression) {
    var value = values.get(name);
    var parameter = parameters.get(name);
    boolean plain = parameter != null && parameter.type() == ParameterType.SECRET_NAME;
    if (inExpression && !plain) {
      return Canonical.json(value);
    }
    return value == null ? "" : value instanceof String text ? text : Canonical.json(value);
  }
}
