package io.sluice.validation.model;

import io.sluice.validation.ValidationResult.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Whether two texts say yes where the other says no: one is negated and the other is not, or one
/// has a word and the other its opposite. For the languages that have a table here; others are not
/// judged.
final class Polarity {
  private static final Map<String, Polarity> KNOWN = new ConcurrentHashMap<>();

  /// Words of a language that turn a sentence round. A trailing `*` stands for any ending.
  private static final Map<String, String> NEGATIONS =
      Map.of(
          "en", "not no never cannot unable neither nor none nobody nothing *n't",
          "es", "no nunca jamas tampoco ningun* nadie nada",
          "fr", "pas jamais aucun* personne rien non",
          "de", "nicht kein* nie niemals nichts niemand nein",
          "it", "non mai nessun* niente no",
          "pt", "nao nunca jamais nenhum* ninguem nada");

  /// What has a word of negation and negates nothing.
  private static final Map<String, List<String>> HARMLESS =
      Map.of(
          "en", List.of("no problem", "no worries", "why not", "not only"),
          "es", List.of("no hay problema", "no te preocupes", "de nada"),
          "fr", List.of("pas de probleme", "pas de souci", "de rien"),
          "de", List.of("kein problem", "keine sorge"),
          "it", List.of("nessun problema"),
          "pt", List.of("nao ha problema", "de nada"));

  private static final Map<String, List<String>> OPPOSITES =
      Map.of(
          "en",
              List.of(
                  "on|off",
                  "open* opening|clos*",
                  "start* begin* began|stop* end*",
                  "up|down",
                  "increas* rais*|decreas* lower*",
                  "locked|unlocked",
                  "enabl*|disabl*",
                  "yes|no",
                  "true|false",
                  "success*|fail*"),
          "es",
              List.of(
                  "encend* enciend* prend*|apag*",
                  "abre* abrir* abiert*|cerr* cierr*",
                  "sub*|bajar* baje* bajad*",
                  "bloquead*|desbloquead*",
                  "activ*|desactiv*",
                  "empez* inici*|deten* detuv* parad* parar*"),
          "fr",
              List.of(
                  "allum*|etein* eteint*",
                  "ouvr* ouvert*|ferm*",
                  "monte montee monter augment*|baiss* diminu*",
                  "activ*|desactiv*",
                  "verrouill*|deverrouill*",
                  "demarr* commenc*|arret*"),
          "de",
              List.of(
                  "an ein eingeschaltet|aus ausgeschaltet",
                  "offn* geoffnet auf|schlie* geschlossen zu",
                  "hoher lauter|niedriger leiser"),
          "it",
              List.of("acces* accend*|spent* spegn*", "apert* apre apri apro aprir*|chius* chiud*"),
          "pt",
              List.of(
                  "ligad* lig* acend* aces*|deslig* apag*", "abert* abre* abrir*|fechad* fech*"));

  private record Pair(Set<String> one, Set<String> other) {
    static Pair of(String text) {
      var sides = text.split("\\|");
      return new Pair(Set.of(sides[0].split(" ")), Set.of(sides[1].split(" ")));
    }
  }

  private final Set<String> negations;
  private final List<String> harmless;
  private final List<Pair> opposites;

  private Polarity(String language) {
    var words = NEGATIONS.get(language);
    this.negations = words == null ? Set.of() : Set.of(words.split(" "));
    this.harmless = HARMLESS.getOrDefault(language, List.of());
    this.opposites = OPPOSITES.getOrDefault(language, List.of()).stream().map(Pair::of).toList();
  }

  static Polarity in(String tag) {
    return KNOWN.computeIfAbsent(Texts.primary(tag), Polarity::new);
  }

  /// Why the two contradict each other; empty if they do not.
  Optional<Gate> compare(String expected, String actual) {
    var wanted = words(expected);
    var found = words(actual);
    boolean negated = any(wanted, negations);
    if (negated != any(found, negations)) {
      return Optional.of(
          new Gate(
              "negation",
              negated
                  ? "the expected reply is negated and this one is not"
                  : "the reply is negated and the expected one is not"));
    }
    return opposites.stream()
        .map(pair -> contradiction(pair, wanted, found))
        .filter(java.util.Objects::nonNull)
        .map(reason -> new Gate("opposite", reason))
        .findFirst();
  }

  private static @Nullable String contradiction(
      Pair pair, List<String> wanted, List<String> found) {
    boolean wantsOne = any(wanted, pair.one());
    boolean wantsOther = any(wanted, pair.other());
    if (wantsOne == wantsOther) {
      return null;
    }
    var right = wantsOne ? pair.one() : pair.other();
    var wrong = wantsOne ? pair.other() : pair.one();
    if (any(found, right) || !any(found, wrong)) {
      return null;
    }
    var word = found.stream().filter(w -> any(List.of(w), wrong)).findFirst().orElse("");
    return "the reply says '" + word + "', the opposite of what is expected";
  }

  private List<String> words(String text) {
    var plain = ' ' + Texts.plain(text) + ' ';
    for (var phrase : harmless) {
      plain = plain.replace(' ' + phrase + ' ', " ");
    }
    return List.of(plain.strip().split(" "));
  }

  private static boolean any(List<String> words, Set<String> forms) {
    return words.stream().anyMatch(word -> forms.stream().anyMatch(form -> matches(word, form)));
  }

  private static boolean matches(String word, String form) {
    if (form.startsWith("*")) {
      return word.endsWith(form.substring(1));
    }
    return form.endsWith("*")
        ? word.startsWith(form.substring(0, form.length() - 1))
        : word.equals(form);
  }
}
