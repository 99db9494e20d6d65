package io.sluice.assistant.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds a time of day in plain words. Patterns have the groups `h`, and where there are some `m`
/// (minutes), `past` (a half or a quarter past), `to` (a quarter to) and `late` (the half of the
/// day).
///
/// @param patterns the surest first
/// @param noon words for it
/// @param midnight words for it
/// @param evening how the second half of the day begins in `late`
record Times(List<Pattern> patterns, Pattern noon, Pattern midnight, Pattern evening) {
  private static final int HALF = 30;
  private static final int QUARTER = 15;

  static Times of(List<String> patterns, String noon, String midnight, String evening) {
    return new Times(
        patterns.stream().map(Pattern::compile).toList(),
        Pattern.compile("\\b(" + noon + ")\\b"),
        Pattern.compile("\\b(" + midnight + ")\\b"),
        Pattern.compile(evening));
  }

  /// As `07:00`.
  Optional<String> find(String plain) {
    if (noon.matcher(plain).find()) {
      return Optional.of("12:00");
    }
    if (midnight.matcher(plain).find()) {
      return Optional.of("00:00");
    }
    for (var pattern : patterns) {
      var found = pattern.matcher(plain);
      if (found.find()) {
        return read(found.toMatchResult());
      }
    }
    return Optional.empty();
  }

  private Optional<String> read(MatchResult found) {
    int hour = Integer.parseInt(found.group("h"));
    int minute = minute(found);
    var half = group(found, "late");
    if (half != null) {
      boolean late = evening.matcher(half).lookingAt();
      hour = hour % 12 + (late ? 12 : 0);
    }
    if (group(found, "to") != null) {
      hour = (hour + 23) % 24;
      minute = 60 - QUARTER;
    }
    return hour > 23 || minute > 59
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%02d:%02d", hour, minute));
  }

  private static int minute(MatchResult found) {
    var minutes = group(found, "m");
    if (minutes != null) {
      return Integer.parseInt(minutes);
    }
    var past = group(found, "past");
    if (past == null) {
      return 0;
    }
    return past.startsWith("half") || past.startsWith("media") || past.startsWith("demi")
        ? HALF
        : QUARTER;
  }

  private static @Nullable String group(MatchResult found, String name) {
    return found.namedGroups().containsKey(name) ? found.group(name) : null;
  }
}
