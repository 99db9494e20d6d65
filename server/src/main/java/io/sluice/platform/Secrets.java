package io.sluice.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Secrets of the environment: variables `SLUICE_SECRET_<NAME>`. Names are compared without case.
///
/// Whatever shows something that a secret may have got into passes it through [#redact(String)]
/// first.
public final class Secrets {
  private static final String PREFIX = "SLUICE_SECRET_";

  /// Shorter values would be found everywhere.
  private static final int SHORTEST = 4;

  private final Supplier<Map<String, String>> environment;
  private volatile Known known = new Known(Map.of(), new TreeMap<>(), List.of());

  /// @param environment all variables, asked each time
  public Secrets(Supplier<Map<String, String>> environment) {
    this.environment = environment;
  }

  /// What was last read, and what is looked for because of it.
  private record Known(
      Map<String, String> read, TreeMap<String, String> values, List<Trace> traces) {}

  /// One form of a secret's value.
  private record Trace(String text, String shown) {}

  /// A secret's value.
  public Optional<String> get(String name) {
    return Optional.ofNullable(known().values().get(canonical(name)));
  }

  /// The names there are, in lower case.
  public Set<String> names() {
    return new TreeSet<>(known().values().keySet());
  }

  /// The text with `[secret name]` for every value in it, also where it stands in base64, encoded
  /// for a URL or escaped for JSON.
  public String redact(String text) {
    var out = text;
    for (var trace : known().traces()) {
      if (out.contains(trace.text())) {
        out = out.replace(trace.text(), trace.shown());
      }
    }
    return out;
  }

  /// Plain JSON (maps, lists, texts, numbers) with every text in it redacted, keys included.
  public @Nullable Object redact(@Nullable Object json) {
    return switch (json) {
      case null -> null;
      case String text -> redact(text);
      case Map<?, ?> map -> {
        var out = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> out.put(redact(String.valueOf(key)), redact((Object) value)));
        yield out;
      }
      case Collection<?> list -> {
        var out = new ArrayList<@Nullable Object>(list.size());
        list.forEach(value -> out.add(redact((Object) value)));
        yield out;
      }
      default -> json;
    };
  }

  private Known known() {
    var variables = environment.get();
    var current = known;
    if (current.read().equals(variables)) {
      return current;
    }
    var values = new TreeMap<String, String>();
    variables.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && name.length() > PREFIX.length() && !value.isEmpty()) {
        values.put(canonical(name.substring(PREFIX.length())), value);
      }
    });
    var fresh = new Known(Map.copyOf(variables), values, traces(values));
    known = fresh;
    return fresh;
  }

  /// Longest first: a secret may contain another.
  private static List<Trace> traces(Map<String, String> values) {
    var out = new ArrayList<Trace>();
    values.forEach((name, value) -> {
      if (value.length() >= SHORTEST) {
        forms(value).forEach(form -> out.add(new Trace(form, "[secret " + name + "]")));
      }
    });
    out.sort(Comparator.comparingInt((Trace t) -> t.text().length()).reversed());
    return List.copyOf(out);
  }

  private static Set<String> forms(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    var forms = new TreeSet<String>();
    forms.add(value);
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getEncoder().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().encodeToString(bytes));
    var encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    forms.add(encoded);
    forms.add(encoded.replace("+", "%20"));
    forms.add(escaped(value, false));
    forms.add(escaped(value, true));
    return forms;
  }

  private static String escaped(String value, boolean slashes) {
    var out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '/' -> out.append(slashes ? "\\/" : "/");
        default -> out.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return out.toString();
  }

  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Tells no value.
  @Override
  public String toString() {
    return "Secrets" + names();
  }
}
