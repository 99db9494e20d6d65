package io.sluice.assistant.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what an intent needs to know.
final class Slots {
  private static final String HALF = "30";

  private final Lexicon lexicon;

  Slots(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /// The entities of an intent.
  ///
  /// @param plain the words, with numbers in digits
  /// @param text as it was written
  Map<String, Object> of(String intent, String plain, String text) {
    var out = new LinkedHashMap<String, Object>();
    switch (intent) {
      case "lights.on", "lights.off" -> room(plain).ifPresent(room -> out.put("room", room.name()));
      case "lights.dim" -> {
        room(plain).ifPresent(room -> out.put("room", room.name()));
        level(plain).ifPresent(level -> out.put("level", level));
      }
      case "timer.set" -> duration(plain).ifPresent(time -> out.put("duration", time));
      case "alarm.set" -> {
        lexicon.times().find(plain).ifPresent(time -> out.put("time", time));
        day(plain).ifPresent(day -> out.put("day", day));
      }
      case "weather.get" -> {
        named(lexicon.places(), plain).ifPresent(place -> out.put("place", place));
        day(plain).ifPresent(day -> out.put("day", day));
      }
      case "music.play" -> music(plain, text).ifPresent(what -> out.put("music", what));
      default -> {
        // The others need nothing.
      }
    }
    return out;
  }

  Optional<Room> room(String plain) {
    return lexicon.rooms().stream().filter(room -> room.words().matcher(plain).find()).findFirst();
  }

  private Optional<Object> level(String plain) {
    var found = lexicon.level().matcher(plain);
    return found.find()
        ? Optional.of(Integer.valueOf(found.group("n")))
            .filter(n -> n <= 100)
            .map(Object.class::cast)
        : Optional.empty();
  }

  /// As it is written: `1 hour 30 minutes`. Half an hour is 30 minutes.
  private Optional<String> duration(String plain) {
    var parts = new ArrayList<String>();
    var found = lexicon.duration().matcher(plain);
    while (found.find()) {
      parts.add(part(found.group("n"), found.group("unit")));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }

  private String part(String number, String unit) {
    boolean half = number.startsWith("half") || number.equals("media") || number.equals("demi");
    var smaller = lexicon.units().keySet().stream().filter(u -> u.startsWith("minut")).findFirst();
    var names = lexicon.units().getOrDefault(half ? smaller.orElse(unit) : unit, unit + "|" + unit);
    var count = half ? HALF : number.matches("\\d+") ? number : "1";
    var forms = List.of(names.split("\\|"));
    return count + " " + (count.equals("1") ? forms.getFirst() : forms.getLast());
  }

  private Optional<String> day(String plain) {
    return named(lexicon.days(), lexicon.notADay().matcher(plain).replaceAll(" "));
  }

  private Optional<String> music(String plain, String text) {
    var found = lexicon.music().matcher(plain);
    if (!found.find() || found.group("what") == null) {
      return Optional.empty();
    }
    var what = Words.asWritten(found.group("what").strip(), text);
    return what.isBlank() || Words.plain(what).matches("musi[ck][a-z]*")
        ? Optional.empty()
        : Optional.of(what);
  }

  private static Optional<String> named(Map<String, String> names, String plain) {
    return names.entrySet().stream()
        .filter(name -> (" " + plain + " ").contains(" " + name.getKey() + " "))
        .max(Comparator.comparingInt(name -> name.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
