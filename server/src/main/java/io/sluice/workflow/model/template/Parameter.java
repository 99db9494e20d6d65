package io.sluice.workflow.model.template;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A parameter of a template.
///
/// @param required whether it must be given; false if it has a default
/// @param otherwise its `default`; null: none
/// @param values of an enum
/// @param pattern that a text must match as a whole; null: any
/// @param min the least number, length of a text, or duration; null: any
/// @param max the greatest; null: any
public record Parameter(
    String name,
    ParameterType type,
    boolean required,
    @Nullable Object otherwise,
    List<String> values,
    @Nullable Pattern pattern,
    @Nullable Object min,
    @Nullable Object max) {

  private static final Pattern SECRET = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /// What is wrong with a value; empty if nothing is.
  public Optional<String> fault(Object value) {
    return switch (type) {
      case NUMBER -> value instanceof Number n ? range(n.doubleValue()) : must("a number");
      case INTEGER ->
          value instanceof Integer || value instanceof Long
              ? range(((Number) value).doubleValue())
              : must("a whole number");
      case BOOLEAN -> value instanceof Boolean ? Optional.empty() : must("true or false");
      case STRING, DURATION, ENUM, URL, SECRET_NAME ->
          value instanceof String text ? text(text) : must("a text");
    };
  }

  private static Optional<String> must(String what) {
    return Optional.of("must be " + what);
  }

  private Optional<String> text(String text) {
    if (text.contains("${")) {
      return Optional.of("must not have ${ in it: a value is no expression");
    }
    if (pattern != null && !pattern.matcher(text).matches()) {
      return must("of the form " + pattern);
    }
    return switch (type) {
      case DURATION -> duration(text);
      case ENUM ->
          values.contains(text) ? Optional.empty() : must("one of " + String.join(", ", values));
      case URL -> isUrl(text) ? Optional.empty() : must("a URL, as https://host/path");
      case SECRET_NAME ->
          SECRET.matcher(text).matches()
              ? Optional.empty()
              : must("the name of a secret (letters, digits, underscores), not its value");
      default -> range(text.length());
    };
  }

  private Optional<String> range(double amount) {
    if (min instanceof Number least && amount < least.doubleValue()) {
      return Optional.of("is less than " + least + (type == ParameterType.STRING ? " long" : ""));
    }
    if (max instanceof Number most && amount > most.doubleValue()) {
      return Optional.of("is more than " + most + (type == ParameterType.STRING ? " long" : ""));
    }
    return Optional.empty();
  }

  private Optional<String> duration(String text) {
    try {
      var duration = Duration.parse(text);
      if (min instanceof String least && duration.compareTo(Duration.parse(least)) < 0) {
        return Optional.of("is shorter than " + least);
      }
      if (max instanceof String most && duration.compareTo(Duration.parse(most)) > 0) {
        return Optional.of("is longer than " + most);
      }
      return duration.isNegative() ? must("positive") : Optional.empty();
    } catch (DateTimeParseException e) {
      return must("a duration in ISO 8601, e.g. PT30S");
    }
  }

  private static boolean isUrl(String text) {
    try {
      var url = new URI(text);
      return url.getHost() != null && text.matches("(?i)https?://.*");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
