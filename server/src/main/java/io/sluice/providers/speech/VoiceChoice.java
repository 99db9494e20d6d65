package io.sluice.providers.speech;

import io.sluice.providers.ProviderProblem.NoVoice;
import io.sluice.providers.SpeechSynthesizer.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds who speaks a language: as it is asked for, as it is spoken nearby, as it is spoken at all.
final class VoiceChoice {
  /// Countries whose Spanish is nearer to that of Latin America than to that of Spain.
  private static final String LATIN_AMERICA = "es-419";

  /// Whose speech stands for a language, and for countries without a voice of their own.
  private static final Map<String, String> NEAREST =
      Map.of(
          "en", "en-us", "en-ca", "en-us", "en-au", "en-gb", "en-nz", "en-gb", "en-ie", "en-gb",
          "fr", "fr-fr", "pt", "pt-br", "zh", "cmn", "no", "nb");

  private VoiceChoice() {}

  /// The voice for a language.
  static Voice of(String tag, List<Voice> voices) {
    var wishes = wishes(tag.replace('_', '-').toLowerCase(Locale.ROOT));
    for (var wanted : wishes) {
      for (var voice : voices) {
        if (voice.language().equals(wanted)) {
          return voice;
        }
      }
    }
    // Whoever speaks it in some country.
    for (var voice : voices) {
      if (voice.language().startsWith(wishes.getLast() + "-")) {
        return voice;
      }
    }
    throw new NoVoice(
        "Nobody speaks '" + tag + "' here; give the case a recording, or choose a voice");
  }

  /// The voice of an id.
  static Voice named(String id, List<Voice> voices) {
    return voices.stream()
        .filter(voice -> voice.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(() -> new NoVoice("There is no voice '" + id + "' here"));
  }

  /// The nearest first, the bare language last.
  private static List<String> wishes(String tag) {
    var out = new ArrayList<String>();
    out.add(tag);
    Optional.ofNullable(NEAREST.get(tag)).ifPresent(out::add);
    if (tag.startsWith("es-") && !tag.startsWith("es-es")) {
      out.add(LATIN_AMERICA);
    }
    for (int end = tag.lastIndexOf('-'); end > 0; end = tag.lastIndexOf('-', end - 1)) {
      var shorter = tag.substring(0, end);
      Optional.ofNullable(NEAREST.get(shorter)).ifPresent(out::add);
      out.add(shorter);
    }
    out.add(tag.split("-", 2)[0]);
    return out;
  }
}
