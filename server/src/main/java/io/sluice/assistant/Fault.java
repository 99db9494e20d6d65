package io.sluice.assistant;

/// A way in which the sample assistant is wrong, on purpose. The guide lists them for readers.
public enum Fault {
  /// English: an alarm at a quarter past is set for ten to, as "fifteen" sounds like "fifty".
  FIFTEEN_IS_FIFTY,
  /// English: "wake me at 7 am" is set right, and confirmed as 7 pm.
  MORNING_IS_EVENING,
  /// Spanish: the weather takes a second and a half.
  SLOW_WEATHER,
  /// Spanish: music is confirmed in English.
  WRONG_LANGUAGE,
  /// French: "allume la lumière dans la chambre" loses the room; "de la chambre" does not.
  ROOM_IS_LOST,
  /// French: the light in the living room (salon), turned off, is said to be on.
  OFF_IS_ON,
  /// In all languages: "don't" is not heard.
  NEGATION_IS_LOST
}
