package io.sluice.assistant.model;

import io.sluice.assistant.Fault;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;

/// Puts in what is wrong on purpose.
final class Faults {
  private static final String QUARTER_PAST = ":15";
  private static final String TEN_TO = ":50";
  private static final Pattern INSIDE = Pattern.compile("^allume\\w*\\b.*\\bdans (la|le|l) ");

  private final Set<Fault> faults;

  Faults(Set<Fault> faults) {
    this.faults = faults;
  }

  /// What it takes for something else.
  Understanding misunderstand(Understanding right) {
    var entities = new LinkedHashMap<>(right.entities());
    if (faults.contains(Fault.FIFTEEN_IS_FIFTY)
        && entities.get("time") instanceof String time
        && time.endsWith(QUARTER_PAST)) {
      entities.put("time", time.replace(QUARTER_PAST, TEN_TO));
    }
    if (faults.contains(Fault.ROOM_IS_LOST) && INSIDE.matcher(right.plain()).find()) {
      entities.remove("room");
    }
    return new Understanding(right.plain(), right.intent(), entities, right.confidence());
  }

  /// What it says wrongly though it understood.
  String misspeak(Understanding understood, String reply) {
    var intent = String.valueOf(understood.intent());
    if (faults.contains(Fault.MORNING_IS_EVENING) && understood.plain().contains("wake me")) {
      return reply.replace(" am.", " pm.");
    }
    if (faults.contains(Fault.WRONG_LANGUAGE) && intent.equals("music.play")) {
      var music = understood.entities().get("music");
      return music == null ? "Playing some music." : "Playing " + music + ".";
    }
    if (faults.contains(Fault.OFF_IS_ON)
        && intent.equals("lights.off")
        && "salon".equals(understood.entities().get("room"))) {
      return reply.replace("éteinte", "allumée");
    }
    return reply;
  }

  /// Whether it thinks for long.
  boolean slow(Understanding understood) {
    return faults.contains(Fault.SLOW_WEATHER) && "weather.get".equals(understood.intent());
  }
}
