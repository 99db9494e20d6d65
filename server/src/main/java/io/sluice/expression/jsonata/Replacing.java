package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// One call of `$replace`.
final class Replacing {
  private final String text;
  private final Object replacement;
  private final long most;
  private final StringBuilder replaced = new StringBuilder();
  private int from;

  Replacing(String text, Object replacement, long most) {
    this.text = text;
    this.replacement = replacement;
    this.most = most;
  }

  static long limit(@Nullable Number limit, String refused) {
    if (limit == null) {
      return Long.MAX_VALUE;
    }
    if (limit.doubleValue() < 0) {
      throw new JException(refused, -1);
    }
    return (long) Math.ceil(limit.doubleValue());
  }

  String replace(Object pattern) throws Throwable {
    if (pattern instanceof String plain) {
      replacePlain(plain);
    } else {
      replaceMatches(Regex.of(pattern).on(text));
    }
    return replaced.append(text, from, text.length()).toString();
  }

  private void replacePlain(String plain) throws Throwable {
    if (plain.isEmpty()) {
      throw new JException("D3010", -1);
    }
    int at = text.indexOf(plain);
    for (long i = 0; i < most && at >= 0; i++) {
      String with = replacement instanceof String string ? string : called(Map.of("match", plain));
      put(at, with, at + plain.length());
      at = text.indexOf(plain, from);
    }
  }

  private void replaceMatches(Regex.Matches matches) throws Throwable {
    for (long i = 0; i < most; i++) {
      MatchResult match = matches.next();
      if (match == null) {
        return;
      }
      String with =
          replacement instanceof String string ? filled(string, match) : called(described(match));
      put(match.start(), with, match.end());
    }
  }

  private void put(int until, String with, int next) {
    replaced.append(text, from, until).append(with);
    from = next;
    Meter.CURRENT.get().size(replaced.length());
  }

  private static Map<String, Object> described(MatchResult match) {
    var described = new LinkedHashMap<String, Object>();
    described.put("match", match.group());
    described.put("start", match.start());
    described.put("end", match.end());
    described.put("groups", Regex.groups(match));
    return described;
  }

  private String called(Map<String, Object> match) throws Throwable {
    if (Functions.funcApply(replacement, List.of(match)) instanceof String string) {
      return string;
    }
    throw new JException("D3012", -1);
  }

  /// `$1` stands for a group, `$0` for the match, `$$` for a dollar sign. Of the digits as many
  /// count as name a group that exists.
  private static String filled(String pattern, MatchResult match) {
    var filled = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c != '$') {
        filled.append(c);
      } else if (at < pattern.length() && pattern.charAt(at) == '$') {
        filled.append('$');
        at++;
      } else {
        at = group(pattern, at, match, filled);
      }
    }
    return filled.toString();
  }

  private static int group(String pattern, int at, MatchResult match, StringBuilder filled) {
    int digits = 0;
    int most = Math.max(1, String.valueOf(match.groupCount()).length());
    while (digits < most
        && at + digits < pattern.length()
        && Character.isDigit(pattern.charAt(at + digits))) {
      digits++;
    }
    if (digits == 0) {
      filled.append('$');
      return at;
    }
    int group = Integer.parseInt(pattern.substring(at, at + digits));
    if (digits > 1 && group > match.groupCount()) {
      digits--;
      group = Integer.parseInt(pattern.substring(at, at + digits));
    }
    if (group <= match.groupCount() && match.group(group) != null) {
      filled.append(match.group(group));
    }
    return at + digits;
  }
}
