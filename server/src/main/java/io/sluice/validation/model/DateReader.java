package io.sluice.validation.model;

import java.text.DateFormatSymbols;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates: ISO 8601, and those with the name of a month (Unicode CLDR, through the JDK).
final class DateReader implements Canonical.FactReader {
  private static final String DAY = "(?<d>\\d{1,2})(?:st|nd|rd|th|er|o|a)?";
  private static final String YEAR = "(?: (?:de |del |of )?(?<y>\\d{4}))?";
  private static final String AFTER = "(?!\\w)(?![^<]*>)";
  private static final Pattern ISO =
      Pattern.compile("(?<![<\\w-])(\\d{4})-(\\d{2})-(\\d{2})(?:t[\\d:.]+z?)?" + AFTER);

  private final Map<String, Integer> months = new HashMap<>();
  private final Pattern dayFirst;
  private final Pattern monthFirst;

  DateReader(String language) {
    var symbols = new DateFormatSymbols(Locale.of(language));
    for (int i = 0; i < 12; i++) {
      name(symbols.getMonths()[i], i + 1);
      name(symbols.getShortMonths()[i], i + 1);
    }
    var month = "(?<n>" + String.join("|", new TreeSet<>(months.keySet()).descendingSet()) + ")";
    this.dayFirst = Pattern.compile("(?<![<\\w-])" + DAY + " (?:de |of )?" + month + YEAR + AFTER);
    this.monthFirst = Pattern.compile("(?<![<\\w-])" + month + " " + DAY + YEAR + AFTER);
  }

  private void name(String name, int month) {
    var plain = Texts.plain(name);
    if (!plain.isEmpty()) {
      months.putIfAbsent(Pattern.quote(plain), month);
    }
  }

  @Override
  public String read(String text) {
    var out =
        ISO.matcher(text)
            .replaceAll(found ->
                new Fact("date", found.group(1) + "-" + found.group(2) + "-" + found.group(3))
                    .token());
    out = dayFirst.matcher(out).replaceAll(this::replace);
    return monthFirst.matcher(out).replaceAll(this::replace);
  }

  private String replace(MatchResult found) {
    int day = Integer.parseInt(found.group("d"));
    if (day < 1 || day > 31) {
      return Matcher.quoteReplacement(found.group());
    }
    var year = found.group("y") == null ? "-" : found.group("y");
    var month = months.get(Pattern.quote(found.group("n")));
    return new Fact("date", String.format(Locale.ROOT, "%s-%02d-%02d", year, month, day)).token();
  }
}
