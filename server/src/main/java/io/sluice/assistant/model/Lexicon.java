package io.sluice.assistant.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is known of a language.
///
/// @param words reads it
/// @param rules which intent plain words have: the first that matches
/// @param followUp how one goes on from what was said before: "and in the bedroom"
/// @param pronoun "it": stands for what was spoken of before
/// @param rooms the longest names first
/// @param level a number from 1 to 100 in the group `n`
/// @param duration a number and a unit, as often as it stands there, in `n` and `unit`
/// @param units of durations: plain singular to how it is written, singular and plural by a bar
/// @param times of day
/// @param places plain to written
/// @param days plain to written; words that are none are left out by `notADay`
/// @param music what is wanted, in `what`
/// @param replies what is answered, by key
record Lexicon(
    Words words,
    List<Rule> rules,
    Pattern followUp,
    Pattern pronoun,
    List<Room> rooms,
    Pattern level,
    Pattern duration,
    Map<String, String> units,
    Times times,
    Map<String, String> places,
    Map<String, String> days,
    Pattern notADay,
    Pattern music,
    Map<String, String> replies) {
  /// An intent and the words that have it.
  record Rule(String intent, Pattern words) {
    static Rule of(String intent, String words) {
      return new Rule(intent, Pattern.compile(words));
    }
  }
}
