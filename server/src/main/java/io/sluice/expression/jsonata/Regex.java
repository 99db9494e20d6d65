package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A regular expression of a source. It is put into the syntax tree in the place of Java's pattern,
/// so that every use of it is watched: a text shows its characters through the [Meter], which ends
/// a match that tries too many ways.
final class Regex extends JFunction {
  private final Pattern pattern;

  private Regex(Pattern pattern) {
    super((_, arguments) -> call(pattern, arguments), "<s:o>");
    this.pattern = pattern;
  }

  /// Puts itself into the literal.
  static void guard(Node literal) {
    if (literal.value() instanceof Pattern pattern) {
      literal.value(new Regex(pattern));
    }
  }

  static Regex of(@Nullable Object value) {
    if (value instanceof Regex regex) {
      return regex;
    }
    throw new JException("D3137", -1, "A regular expression, /like this/, is expected here");
  }

  /// The next match on each call, or null.
  Matches on(String text) {
    return new Matches(pattern, text);
  }

  /// The matches in a text.
  static final class Matches {
    private final Matcher matcher;

    private Matches(Pattern pattern, String text) {
      Meter meter = Meter.CURRENT.get();
      this.matcher = pattern.matcher(new Watched(meter.subject(text), meter));
    }

    @Nullable MatchResult next() {
      if (!matcher.find()) {
        return null;
      }
      if (matcher.end() == matcher.start()) {
        throw new JException("D1004", -1);
      }
      return matcher.toMatchResult();
    }
  }

  /// The groups of a match; null for one that took no part.
  static List<@Nullable Object> groups(MatchResult match) {
    var groups = new ArrayList<@Nullable Object>();
    for (int i = 1; i <= match.groupCount(); i++) {
      groups.add(match.group(i));
    }
    return groups;
  }

  private static @Nullable Object call(Pattern pattern, List<?> arguments) {
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof String text)) {
      return null;
    }
    return describe(new Matches(pattern, text));
  }

  private static @Nullable Map<String, Object> describe(Matches matches) {
    MatchResult match = matches.next();
    if (match == null) {
      return null;
    }
    var described = new LinkedHashMap<String, Object>();
    described.put("match", match.group());
    described.put("start", match.start());
    described.put("end", match.end());
    described.put("groups", groups(match));
    described.put("next", (Fn0<@Nullable Object>) () -> describe(matches));
    return described;
  }

  /// A text that counts how often it is looked at.
  private record Watched(String text, Meter meter) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      meter.tick();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
