package io.sluice.testing.model.reading;

import io.sluice.expression.Template;
import io.sluice.sources.Nearest;
import io.sluice.testing.model.BrowserStep.Command;
import io.sluice.testing.model.BrowserStep.Condition;
import io.sluice.testing.model.BrowserStep.Target;
import io.sluice.testing.model.BrowserStep.Target.By;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads commands to a browser: `fill "Your name" with Ada`, or the same as an object.
final class Commands {
  /// The words that a command may begin with.
  static final List<String> VERBS =
      List.of(
          "open",
          "click",
          "fill",
          "press",
          "select",
          "check",
          "uncheck",
          "expect",
          "wait",
          "screenshot");

  private static final List<String> CONDITIONS =
      List.of("text", "visible", "hidden", "url", "title");
  private static final Pattern ROLE = Pattern.compile("([a-z]+)(?:\\s+name=(.+))?", Pattern.DOTALL);
  private static final Map<String, By> WAYS =
      Map.of(
          "text", By.TEXT, "label", By.LABEL, "css", By.CSS, "role", By.ROLE, "testid", By.TEST_ID);

  private Commands() {}

  /// A text that is no command.
  static final class Malformed extends IllegalArgumentException {
    Malformed(String detail) {
      super(detail);
    }
  }

  /// Reads a text.
  ///
  /// @throws Malformed if it is none
  static Command read(String text) {
    var line = text.strip();
    var verb = word(line).toLowerCase(Locale.ROOT);
    var rest = line.substring(verb.length()).strip();
    if (!VERBS.contains(verb)) {
      throw new Malformed(
          "There is no command '"
              + verb
              + "'."
              + Nearest.hint(verb, VERBS)
              + " There are "
              + String.join(", ", VERBS));
    }
    return switch (verb) {
      case "fill" -> {
        var parts = split(rest, "with", false, "fill LABEL with VALUE");
        yield command(verb, parts.left(), parts.right());
      }
      case "select" -> {
        var parts = split(rest, "from", true, "select OPTION from LABEL");
        yield command(verb, parts.left(), parts.right());
      }
      case "wait" -> {
        if (!word(rest).equals("for")) {
          throw new Malformed("Write what it waits for: wait for text \"Saved\"");
        }
        yield new Command.WaitFor(condition(rest.substring(3).strip()));
      }
      default -> command(verb, rest, "");
    };
  }

  /// Makes a command of its parts.
  ///
  /// @param what stands behind the verb
  /// @param second what stands behind `with` or `from`; empty elsewhere
  /// @throws Malformed if they make none
  static Command command(String verb, String what, String second) {
    if (what.isEmpty()) {
      throw new Malformed("Something is missing after '" + verb + "'");
    }
    return switch (verb) {
      case "open" -> new Command.Open(template(what));
      case "click" -> new Command.Click(target(what, By.TEXT));
      case "fill" -> new Command.Fill(target(what, By.LABEL), template(second));
      case "press" -> new Command.Press(unquoted(what));
      case "select" -> new Command.Select(target(second, By.LABEL), template(what));
      case "check" -> new Command.Check(target(what, By.LABEL), true);
      case "uncheck" -> new Command.Check(target(what, By.LABEL), false);
      case "expect" -> new Command.Expect(condition(what));
      case "wait" -> new Command.WaitFor(condition(what));
      default -> new Command.Screenshot(unquoted(what));
    };
  }

  /// Reads what is to be so: `text "Saved"`, `visible css=.done`.
  static Condition condition(String text) {
    var kind = word(text);
    if (!CONDITIONS.contains(kind)) {
      throw new Malformed(
          "'"
              + text
              + "' can not be looked for: write "
              + String.join(", ", CONDITIONS)
              + " before it, e.g. text \"Saved\"."
              + Nearest.hint(kind, CONDITIONS));
    }
    return condition(kind, text.substring(kind.length()).strip());
  }

  /// Makes a condition of its parts.
  static Condition condition(String kind, String what) {
    if (what.isEmpty()) {
      throw new Malformed("Something is missing after '" + kind + "'");
    }
    return switch (kind) {
      case "text" -> new Condition.Text(template(what));
      case "visible" -> new Condition.Visible(target(what, By.TEXT));
      case "hidden" -> new Condition.Hidden(target(what, By.TEXT));
      case "url" -> new Condition.Url(template(what));
      default -> new Condition.Title(template(what));
    };
  }

  private static Target target(String text, By usual) {
    int equals = text.indexOf('=');
    var way = equals < 0 ? null : WAYS.get(text.substring(0, equals));
    if (way == null) {
      return new Target(usual, template(text), null);
    }
    var value = text.substring(equals + 1).strip();
    if (value.isEmpty()) {
      throw new Malformed("Something is missing after '" + text + "'");
    }
    return way == By.ROLE ? role(value) : new Target(way, template(value), null);
  }

  private static Target role(String text) {
    var role = ROLE.matcher(text);
    if (!role.matches()) {
      throw new Malformed("'" + text + "' is no role: write e.g. role=button name=\"Save\"");
    }
    var name = role.group(2);
    return new Target(By.ROLE, template(role.group(1)), name == null ? null : template(name));
  }

  private record Parts(String left, String right) {}

  /// Cuts at a word that stands outside of quotes and of `${ … }`.
  private static Parts split(String text, String word, boolean last, String form) {
    var mark = " " + word + " ";
    int found = -1;
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"' && depth == 0;
      depth +=
          text.startsWith("${", i) || depth > 0 && c == '{' && text.charAt(i - 1) != '$' ? 1 : 0;
      depth -= c == '}' && depth > 0 ? 1 : 0;
      if (!quoted && depth == 0 && (last || found < 0) && text.startsWith(mark, i)) {
        found = i;
      }
    }
    if (found <= 0) {
      throw new Malformed("'" + word + "' is missing: write " + form);
    }
    return new Parts(
        text.substring(0, found).strip(), text.substring(found + mark.length()).strip());
  }

  private static Template template(String text) {
    return Template.of(unquoted(text));
  }

  /// Without the quotation marks around all of it.
  private static String unquoted(String text) {
    boolean quoted =
        text.length() >= 2 && text.startsWith("\"") && text.indexOf('"', 1) == text.length() - 1;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String word(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? text : text.substring(0, end);
  }

  /// The verb of a command that is an object; null: it has none.
  static @Nullable String verb(Map<String, ?> step) {
    return VERBS.stream().filter(step::containsKey).findFirst().orElse(null);
  }
}
