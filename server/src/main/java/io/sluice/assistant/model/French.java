package io.sluice.assistant.model;

import io.sluice.assistant.model.Lexicon.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// French.
final class French {
  private static final String PAST =
      "(?: ?(?<m>\\d{2})| et (?<past>demie?|quart)| (?<to>moins le quart))?";
  private static final String CLOCK = "\\b(?<h>\\d{1,2}) ?(?:heures?|h(?![a-z]))" + PAST;

  /// The words have their numbers in digits by then.
  private static final String PERCENT = "(?:%|pour (?:cent|100)\\b)";

  private static final List<Rule> RULES =
      List.of(
          Rule.of("timer.cancel", "\\b(annule|arrete|supprime)\\b.*\\b(minuteur|minuterie)\\b"),
          Rule.of("alarm.cancel", "\\b(annule|arrete|supprime)\\b.*\\b(alarme|reveil)\\b"),
          Rule.of("timer.set", "\\b(minuteur|minuterie|compte a rebours)\\b"),
          Rule.of("alarm.set", "\\b(alarme|reveil|reveille moi)\\b"),
          Rule.of("weather.get", "\\b(meteo|quel temps|pleuvoir|pleut|parapluie|temperature)\\b"),
          Rule.of("music.stop", "\\b(arrete|stoppe|coupe|pause)\\b.*\\b(musique|chanson)\\b"),
          Rule.of(
              "lights.dim",
              "\\b(tamise|baisse)\\b.*\\blumiere|\\blumiere\\b.*\\b\\d{1,3} ?" + PERCENT),
          Rule.of("lights.off", "\\b(eteins|eteindre|eteignez)\\b"),
          Rule.of("lights.on", "\\b(allume|allumer|allumez)\\b"),
          Rule.of("music.play", "\\b(joue|mets|ecouter|passe)\\b"));

  private static final Map<String, String> REPLIES =
      Map.ofEntries(
          Map.entry("lights.on", "D'accord, la lumière{room} est allumée."),
          Map.entry("lights.off", "D'accord, la lumière{room} est éteinte."),
          Map.entry("lights.dim", "D'accord, la lumière{room} est à {level} pour cent."),
          Map.entry("lights.dim?", "À quel pourcentage voulez-vous la lumière{room} ?"),
          Map.entry("timer.set", "Votre minuteur de {duration} commence maintenant."),
          Map.entry("timer.set?", "Pour combien de temps ?"),
          Map.entry("timer.cancel", "D'accord, le minuteur est annulé."),
          Map.entry("alarm.set", "Votre réveil est réglé pour {time}."),
          Map.entry("alarm.set?", "Pour quelle heure ?"),
          Map.entry("alarm.cancel", "D'accord, le réveil est annulé."),
          Map.entry("weather.get", "Il fera beau{place} aujourd'hui, avec 21 degrés."),
          Map.entry("weather.get:demain", "Il pleuvra{place} demain, avec 17 degrés."),
          Map.entry("weather.get:ce soir", "Le ciel sera dégagé{place} ce soir, avec 12 degrés."),
          Map.entry("music.play", "Je lance {music}."),
          Map.entry("music.play?", "Je lance de la musique."),
          Map.entry("music.stop", "D'accord, la musique est arrêtée."),
          Map.entry("in", " à "),
          Map.entry("sorry", "Désolé, je n'ai pas compris."));

  private French() {}

  static Lexicon lexicon() {
    return new Lexicon(
        new Words(Locale.FRENCH, "un"),
        RULES,
        Pattern.compile("^(et|qu en est il)\\b"),
        Pattern.compile("\\b(la|le|les)$"),
        List.of(
            Room.of("salle de bain", " de la salle de bain"),
            Room.of("salle à manger", " de la salle à manger"),
            Room.of("cuisine", " de la cuisine"),
            Room.of("chambre", " de la chambre"),
            Room.of("salon", " du salon"),
            Room.of("couloir", " du couloir"),
            Room.of("bureau", " du bureau"),
            Room.of("garage", " du garage"),
            Room.of("jardin", " du jardin")),
        Pattern.compile("\\b(?<n>\\d{1,3}) ?" + PERCENT),
        Pattern.compile("\\b(?<n>\\d{1,3}|une?|demi) (?<unit>heure|minute|seconde)s?\\b"),
        Map.of("heure", "heure|heures", "minute", "minute|minutes", "seconde", "seconde|secondes"),
        Times.of(
            List.of(
                CLOCK + " (?:du |de l )(?<late>matin|apres midi|soir)",
                CLOCK,
                "\\b(?<h>\\d{1,2}):(?<m>\\d{2})\\b"),
            "midi",
            "minuit",
            "apres|soir"),
        Map.of(
            "toronto",
            "Toronto",
            "londres",
            "Londres",
            "paris",
            "Paris",
            "madrid",
            "Madrid",
            "berlin",
            "Berlin",
            "new york",
            "New York",
            "montreal",
            "Montréal"),
        Map.of("aujourd hui", "aujourd'hui", "demain", "demain", "ce soir", "ce soir"),
        Pattern.compile("(?!)"),
        Pattern.compile(
            "\\b(?:joue|mets|ecouter|passe) (?:moi )?(?:du |de la |de l |des |un peu de |le |la )?(?:musique(?: de)?(?: |$))?(?<what>.+)?$"),
        REPLIES);
  }
}
