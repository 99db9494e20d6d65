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
    for (var wanted : wishes(tag.replace('_', '-').toLowerCase(Locale.ROOT))) {
      var found = byLanguage(wanted, voices);
      if (found.isPresent()) {
        return found.get();
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
    return out;
  }

  /// Exactly that, or, for a bare language, any country's.
  private static Optional<Voice> byLanguage(String tag, List<Voice> voices) {
    var exact = voices.stream().filter(voice -> voice.language().equals(tag)).findFirst();
    return exact.isPresent() || tag.contains("-")
        ? exact
        : voices.stream().filter(voice -> voice.language().startsWith(tag + "-")).findFirst();
  }
}
