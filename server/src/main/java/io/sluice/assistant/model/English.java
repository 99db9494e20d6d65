package io.sluice.assistant.model;

import io.sluice.assistant.model.Lexicon.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// English.
final class English {
  private static final String CLOCK = "(?<h>\\d{1,2})(?:[: ](?<m>\\d{2}))?";

  private static final String LATE =
      "(?: ?(?:in the |at )?(?<late>[ap] ?m\\b|morning|afternoon|evening|night))?";

  private static final List<Rule> RULES =
      List.of(
          Rule.of("timer.cancel", "\\b(cancel|stop|delete|turn off)\\b.*\\btimer\\b"),
          Rule.of("alarm.cancel", "\\b(cancel|stop|delete|turn off)\\b.*\\balarm\\b"),
          Rule.of("timer.set", "\\btimer\\b|\\bcount down\\b|\\bremind me in\\b"),
          Rule.of("alarm.set", "\\balarm\\b|\\bwake me\\b"),
          Rule.of("weather.get", "\\b(weather|forecast|temperature|umbrella|rain|sunny)\\b"),
          Rule.of("music.stop", "\\b(stop|pause|turn off)\\b.*\\b(music|song|playing)\\b"),
          Rule.of("lights.dim", "\\bdim\\b|\\blights?\\b.*\\b\\d{1,3} ?(%|percent)"),
          Rule.of("lights.off", "\\b(turn|switch|shut)\\b.*\\boff\\b|\\blights? (off|out)\\b"),
          Rule.of("lights.on", "\\b(turn|switch)\\b.*\\bon\\b|\\blights? on\\b"),
          Rule.of("music.play", "\\b(play|listen to|put on)\\b"));

  private static final Map<String, String> REPLIES =
      Map.ofEntries(
          Map.entry("lights.on", "Okay, the {room}light is on."),
          Map.entry("lights.off", "Okay, the {room}light is off."),
          Map.entry("lights.dim", "Okay, the {room}light is at {level} percent."),
          Map.entry("lights.dim?", "How bright do you want the {room}light, in percent?"),
          Map.entry("timer.set", "Your timer for {duration} starts now."),
          Map.entry("timer.set?", "For how long?"),
          Map.entry("timer.cancel", "Okay, the timer is cancelled."),
          Map.entry("alarm.set", "Your alarm is set for {time}."),
          Map.entry("alarm.set?", "For what time?"),
          Map.entry("alarm.cancel", "Okay, the alarm is cancelled."),
          Map.entry("weather.get", "It will be sunny{place} today, with 21 degrees."),
          Map.entry("weather.get:tomorrow", "It will rain{place} tomorrow, with 17 degrees."),
          Map.entry("weather.get:tonight", "It will be clear{place} tonight, with 12 degrees."),
          Map.entry("music.play", "Playing {music}."),
          Map.entry("music.play?", "Playing some music."),
          Map.entry("music.stop", "Okay, the music has stopped."),
          Map.entry("in", " in "),
          Map.entry("sorry", "Sorry, I did not understand that."));

  private English() {}

  static Lexicon lexicon() {
    return new Lexicon(
        new Words(Locale.ENGLISH),
        RULES,
        Pattern.compile("^(and|what about|how about)\\b"),
        Pattern.compile("\\b(it|that|them)\\b"),
        List.of(
            Room.of("living room", "living room "),
            Room.of("dining room", "dining room "),
            Room.of("kitchen", "kitchen "),
            Room.of("bedroom", "bedroom "),
            Room.of("bathroom", "bathroom "),
            Room.of("hallway", "hallway "),
            Room.of("office", "office "),
            Room.of("garage", "garage "),
            Room.of("garden", "garden ")),
        Pattern.compile("\\b(?<n>\\d{1,3}) ?(%|percent\\b)"),
        Pattern.compile("\\b(?<n>\\d{1,3}|an?|half an) (?<unit>hour|minute|second)s?\\b"),
        Map.of("hour", "hour|hours", "minute", "minute|minutes", "second", "second|seconds"),
        Times.of(
            List.of(
                "\\b(?<past>half|quarter) past (?<h>\\d{1,2})\\b" + LATE,
                "\\b(?<to>quarter to) (?<h>\\d{1,2})\\b" + LATE,
                "\\b" + CLOCK + " ?(?<late>[ap]) ?m\\b",
                "\\b"
                    + CLOCK
                    + "(?: o clock)? (?:in the|at) (?<late>morning|afternoon|evening|night)",
                "\\b(?:at|for) " + CLOCK + "\\b(?! (?:hour|minute|second))"),
            "noon|midday",
            "midnight",
            "p|afternoon|evening|night"),
        Map.of(
            "toronto",
            "Toronto",
            "london",
            "London",
            "paris",
            "Paris",
            "madrid",
            "Madrid",
            "berlin",
            "Berlin",
            "new york",
            "New York",
            "mexico city",
            "Mexico City"),
        Map.of("today", "today", "tomorrow", "tomorrow", "tonight", "tonight"),
        Pattern.compile("(?!)"),
        Pattern.compile(
            "\\b(?:play|listen to|put on) (?:me )?(?:some |the |a )?(?<what>.+?)(?: music)?$"),
        REPLIES);
  }
}
