package io.sluice.validation.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times of day, in 24 hours.
final class TimeReader implements Canonical.FactReader {
  private static final String HOUR = "(?<h>\\d{1,2})";
  private static final String CLOCK = HOUR + "(?:[:.](?<m>\\d{2}))?";
  private static final String BEFORE = "(?<![<\\w:.,-])";
  private static final String AFTER = "(?!\\w)(?![^<]*>)";

  /// Each has the groups h and m, and half where the language says which half of the day is meant.
  private static final Map<String, List<String>> FORMS =
      Map.of(
          "en",
              List.of(
                  CLOCK + " ?(?<half>[ap]) ?m",
                  CLOCK + "(?: o'clock)? (?:in the|at) (?<half>morning|afternoon|evening|night)",
                  HOUR + "(?<m>) o'clock"),
          "es",
              List.of(
                  CLOCK + " ?(?<half>[ap]) ?m",
                  CLOCK + "(?: horas)? (?:de|por) la (?<half>manana|tarde|noche)",
                  "las? " + CLOCK + "(?: horas| en punto)?"),
          "fr",
              List.of(
                  HOUR
                      + " ?(?:h|heures?)(?: ?(?<m>\\d{2}))? (?:du|de l') ?(?<half>matin|apres midi|apres-midi|soir)",
                  "(?:a|il est) " + HOUR + " ?(?:h|heures?)(?: ?(?<m>\\d{2}))?",
                  HOUR + " ?h(?: ?(?<m>\\d{2}))?"),
          "de",
              List.of(
                  HOUR + " uhr (?<m>\\d{2})",
                  CLOCK + " uhr(?: (?<half>morgens|nachmittags|abends|nachts))?"));

  private static final Map<String, String> NAMED =
      Map.of(
          "noon",
          "12:00",
          "midday",
          "12:00",
          "midnight",
          "00:00",
          "mediodia",
          "12:00",
          "medianoche",
          "00:00",
          "midi",
          "12:00",
          "minuit",
          "00:00",
          "mittag",
          "12:00",
          "mitternacht",
          "00:00");

  private static final Pattern PLAIN =
      Pattern.compile(BEFORE + "(?<h>\\d{1,2}):(?<m>\\d{2})(?::\\d{2})?" + AFTER);
  private static final Pattern NAME =
      Pattern.compile("(?<![<\\w-])(" + String.join("|", NAMED.keySet()) + ")" + AFTER);

  private final List<Pattern> forms;

  TimeReader(String language) {
    this.forms =
        FORMS.getOrDefault(language, List.of()).stream()
            .map(form -> Pattern.compile(BEFORE + form + AFTER))
            .toList();
  }

  @Override
  public String read(String text) {
    var out = text;
    for (var form : forms) {
      out = form.matcher(out).replaceAll(TimeReader::replace);
    }
    out = PLAIN.matcher(out).replaceAll(TimeReader::replace);
    return NAME.matcher(out)
        .replaceAll(
            m -> new Fact("time", java.util.Objects.requireNonNull(NAMED.get(m.group(1)))).token());
  }

  private static String replace(MatchResult found) {
    int hour = Integer.parseInt(found.group("h"));
    var minutes = group(found, "m");
    int minute = minutes == null || minutes.isEmpty() ? 0 : Integer.parseInt(minutes);
    if (hour > 24 || minute > 59) {
      return java.util.regex.Matcher.quoteReplacement(found.group());
    }
    int of24 = inDay(hour, group(found, "half"));
    return new Fact("time", String.format(Locale.ROOT, "%02d:%02d", of24, minute)).token();
  }

  private static @Nullable String group(MatchResult found, String name) {
    return found.namedGroups().containsKey(name) ? found.group(name) : null;
  }

  private static int inDay(int hour, @Nullable String half) {
    return switch (half) {
      case null -> hour % 24;
      case "a", "morning", "manana", "matin", "morgens" -> hour % 12;
      case "night", "nachts", "noche" -> hour == 12 || hour < 5 ? hour % 12 : hour % 12 + 12;
      default -> hour % 12 + 12;
    };
  }
}
