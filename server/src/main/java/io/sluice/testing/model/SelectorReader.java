package io.sluice.testing.model;

import io.sluice.sources.Nearest;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.Selector.Malformed;
import io.sluice.testing.model.Selector.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads selectors, by recursive descent.
final class SelectorReader {
  /// One of: a parenthesis; anything up to a blank or parenthesis, blanks inside of quotes
  /// included.
  private static final Pattern TOKEN = Pattern.compile("\\s*([()]|(?:\"[^\"]*\"|[^\\s()\"])+)");

  private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)(:|<=|>=|<|>|=)(.*)");
  private static final List<String> FIELDS = List.of("tag", "type", "priority", "name", "language");
  private static final int LOWEST = 10;

  /// Deeper than anybody nests, and far from the end of a thread's stack.
  private static final int DEEPEST = 50;

  private record Token(String text, int at) {
    boolean is(String word) {
      return text.equalsIgnoreCase(word);
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int depth;

  SelectorReader(String text) {
    var token = TOKEN.matcher(text);
    int at = 0;
    while (token.region(at, text.length()).lookingAt()) {
      tokens.add(new Token(token.group(1), token.start(1)));
      at = token.end();
    }
    if (!text.substring(at).isBlank()) {
      throw new Malformed(
          "The quotation mark at character " + text.indexOf('"', at) + " is never closed");
    }
  }

  Node read() {
    if (tokens.isEmpty()) {
      throw new Malformed("There is nothing in it; write a tag, or * for every case");
    }
    var node = any();
    if (next < tokens.size()) {
      var rest = tokens.get(next);
      throw new Malformed(
          rest.is(")")
              ? "The ) at character " + rest.at() + " closes nothing"
              : "Something is missing before '"
                  + rest.text()
                  + "' at character "
                  + rest.at()
                  + "; write and, or, not");
    }
    return node;
  }

  private Node any() {
    return list("or", this::all, Node.Or::new);
  }

  private Node all() {
    return list("and", this::one, Node.And::new);
  }

  private interface Part {
    Node read();
  }

  private Node list(String word, Part part, Function<List<Node>, Node> made) {
    var parts = new ArrayList<Node>();
    parts.add(part.read());
    while (next < tokens.size() && tokens.get(next).is(word)) {
      next++;
      parts.add(part.read());
    }
    return parts.size() == 1 ? parts.getFirst() : made.apply(List.copyOf(parts));
  }

  private Node one() {
    if (next == tokens.size()) {
      throw new Malformed(
          "It ends too early: something is missing after '" + tokens.getLast().text() + "'");
    }
    if (++depth > DEEPEST) {
      throw new Malformed("It is nested more than " + DEEPEST + " levels deep");
    }
    var token = tokens.get(next++);
    var node = token.is("not") ? new Node.Not(one()) : token.is("(") ? nested(token) : term(token);
    depth--;
    return node;
  }

  private Node nested(Token open) {
    var inside = any();
    if (next == tokens.size() || !tokens.get(next).is(")")) {
      throw new Malformed("The ( at character " + open.at() + " is never closed");
    }
    next++;
    return inside;
  }

  private static Node term(Token token) {
    if (token.is("*")) {
      return new Node.Everything();
    }
    if (token.is("and") || token.is("or") || token.is(")")) {
      throw new Malformed(
          "Something is missing before '" + token.text() + "' at character " + token.at());
    }
    var field = FIELD.matcher(token.text());
    return field.matches() ? field(field) : new Node.Tag(unquoted(token.text()));
  }

  private static Node field(Matcher field) {
    var name = field.group(1).toLowerCase(Locale.ROOT);
    var operator = field.group(2);
    var value = unquoted(field.group(3));
    if (!FIELDS.contains(name)) {
      throw new Malformed(
          "There is no field '"
              + field.group(1)
              + "'."
              + Nearest.hint(name, FIELDS)
              + " There are "
              + String.join(", ", FIELDS));
    }
    if (value.isEmpty()) {
      throw new Malformed("A value is missing after '" + field.group(1) + operator + "'");
    }
    if (name.equals("priority")) {
      return priority(operator, value);
    }
    if (!operator.equals(":") && !operator.equals("=")) {
      throw new Malformed(
          "Only priority can be compared with " + operator + "; write " + name + ":" + value);
    }
    return switch (name) {
      case "tag" -> new Node.Tag(value);
      case "type" -> new Node.Type(type(value));
      case "language" -> new Node.Language(value);
      default -> new Node.Name(glob(value));
    };
  }

  private static Node priority(String operator, String value) {
    if (!value.matches("10|[1-9]")) {
      throw new Malformed("A priority is a number from 1 to 10, not '" + value + "'");
    }
    int number = Integer.parseInt(value);
    return switch (operator) {
      case "<" -> new Node.Priority(1, number - 1);
      case "<=" -> new Node.Priority(1, number);
      case ">" -> new Node.Priority(number + 1, LOWEST);
      case ">=" -> new Node.Priority(number, LOWEST);
      default -> new Node.Priority(number, number);
    };
  }

  private static CaseType type(String value) {
    var known = Arrays.stream(CaseType.values()).map(CaseType::sql).toList();
    if (!known.contains(value.toLowerCase(Locale.ROOT))) {
      throw new Malformed(
          "There is no type '"
              + value
              + "'."
              + Nearest.hint(value, known)
              + " There are "
              + String.join(", ", known));
    }
    return CaseType.of(value);
  }

  private static Pattern glob(String value) {
    var parts = value.toLowerCase(Locale.ROOT).split("\\*", -1);
    return Pattern.compile(
        Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
  }

  private static String unquoted(String value) {
    return value.replace("\"", "");
  }
}
