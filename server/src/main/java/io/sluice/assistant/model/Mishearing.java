package io.sluice.assistant.model;

import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/// What is heard in noise: at 20 dB nearly everything, at 0 dB every other word. A word that is not
/// heard right becomes one that sounds like it, or is not heard at all.
public final class Mishearing {
  /// From here on nothing is misheard.
  private static final double CLEAR_DB = 25;

  /// By how many dB the odds change e-fold.
  private static final double SLOPE_DB = 4;

  private static final Map<String, String> SOUNDS_LIKE =
      Map.ofEntries(
          Map.entry("kitchen", "chicken"),
          Map.entry("light", "night"),
          Map.entry("lights", "nights"),
          Map.entry("fifteen", "fifty"),
          Map.entry("seven", "eleven"),
          Map.entry("alarm", "arm"),
          Map.entry("play", "pay"),
          Map.entry("on", "in"),
          Map.entry("luz", "cruz"),
          Map.entry("cocina", "vecina"),
          Map.entry("apaga", "paga"),
          Map.entry("siete", "diecisiete"),
          Map.entry("lumière", "première"),
          Map.entry("cuisine", "cousine"),
          Map.entry("chambre", "chanvre"),
          Map.entry("allume", "à l'une"));

  private Mishearing() {}

  /// What is heard of a text.
  ///
  /// @param snrDb how much louder the words are than the noise
  /// @param seed of the noise: the same noise hides the same words
  public static String of(String text, double snrDb, long seed) {
    if (snrDb >= CLEAR_DB) {
      return text;
    }
    double missed = 1 / (1 + Math.exp(snrDb / SLOPE_DB));
    var random = new SplittableRandom(seed ^ text.hashCode());
    var heard = new StringJoiner(" ");
    for (var word : text.strip().split("\\s+")) {
      double luck = random.nextDouble();
      if (luck >= missed) {
        heard.add(word);
      } else {
        var other = SOUNDS_LIKE.get(word.toLowerCase(Locale.ROOT));
        if (other != null) {
          heard.add(other);
        }
      }
    }
    return heard.toString();
  }
}
