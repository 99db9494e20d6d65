package io.sluice.assistant.model;

import io.sluice.assistant.model.Lexicon.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Spanish.
final class Spanish {
  private static final String PAST =
      "(?: y (?:(?<m>\\d{1,2})|(?<past>media|cuarto))| (?<to>menos cuarto))?";
  private static final String CLOCK = "(?<h>\\d{1,2})(?::(?<m>\\d{2}))?";
  private static final String LATE = "(?: de la (?<late>manana|tarde|noche))";

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "timer.cancel",
              "\\b(cancela|para|quita|borra)\\b.*\\b(temporizador|cuenta atras)\\b"),
          Rule.of("alarm.cancel", "\\b(cancela|quita|apaga|borra)\\b.*\\b(alarma|despertador)\\b"),
          Rule.of("timer.set", "\\b(temporizador|cuenta atras)\\b"),
          Rule.of("alarm.set", "\\b(alarma|despertador|despiertame)\\b"),
          Rule.of(
              "weather.get",
              "\\b(tiempo hace|tiempo hara|el tiempo|clima|pronostico|llover|llueve|paraguas)\\b"),
          Rule.of("music.stop", "\\b(para|deten|apaga|quita|pausa)\\b.*\\b(musica|cancion)\\b"),
          Rule.of(
              "lights.dim", "\\b(atenua|baja)\\b.*\\bluz|\\bluz\\b.*\\b\\d{1,3} ?(%|por ciento)"),
          Rule.of("lights.off", "\\bapaga"),
          Rule.of("lights.on", "\\b(enciende|encienda|prende|encender)"),
          Rule.of("music.play", "\\b(pon|reproduce|toca|escuchar)\\b"));

  private static final Map<String, String> REPLIES =
      Map.ofEntries(
          Map.entry("lights.on", "Listo, la luz{room} está encendida."),
          Map.entry("lights.off", "Listo, la luz{room} está apagada."),
          Map.entry("lights.dim", "Listo, la luz{room} está al {level} por ciento."),
          Map.entry("lights.dim?", "¿A qué porcentaje quieres la luz{room}?"),
          Map.entry("timer.set", "Tu temporizador de {duration} empieza ahora."),
          Map.entry("timer.set?", "¿De cuánto tiempo?"),
          Map.entry("timer.cancel", "Listo, el temporizador está cancelado."),
          Map.entry("alarm.set", "Tu alarma está puesta para las {time}."),
          Map.entry("alarm.set?", "¿Para qué hora?"),
          Map.entry("alarm.cancel", "Listo, la alarma está cancelada."),
          Map.entry("weather.get", "Hoy hará sol{place}, con 21 grados."),
          Map.entry("weather.get:mañana", "Mañana lloverá{place}, con 17 grados."),
          Map.entry("weather.get:esta noche", "Esta noche estará despejado{place}, con 12 grados."),
          Map.entry("music.play", "Reproduciendo {music}."),
          Map.entry("music.play?", "Reproduciendo música."),
          Map.entry("music.stop", "Listo, la música se ha parado."),
          Map.entry("in", " en "),
          Map.entry("sorry", "Perdona, no te he entendido."));

  private Spanish() {}

  static Lexicon lexicon() {
    return new Lexicon(
        new Words(Locale.forLanguageTag("es"), "un"),
        RULES,
        Pattern.compile("^(y|que tal)\\b"),
        Pattern.compile("(?<=[a-z])(lo|la)\\b"),
        List.of(
            Room.of("cocina", " de la cocina"),
            Room.of("dormitorio", " del dormitorio"),
            Room.of("recámara", " de la recámara"),
            Room.of("salón", " del salón"),
            Room.of("sala", " de la sala"),
            Room.of("baño", " del baño"),
            Room.of("pasillo", " del pasillo"),
            Room.of("oficina", " de la oficina"),
            Room.of("comedor", " del comedor"),
            Room.of("garaje", " del garaje"),
            Room.of("jardín", " del jardín")),
        Pattern.compile("\\b(?<n>\\d{1,3}) ?(%|por ciento\\b)"),
        Pattern.compile("\\b(?<n>\\d{1,3}|una?|media) (?<unit>hora|minuto|segundo)s?\\b"),
        Map.of("hora", "hora|horas", "minuto", "minuto|minutos", "segundo", "segundo|segundos"),
        Times.of(
            List.of(
                "\\blas? " + CLOCK + LATE,
                "\\blas? (?<h>\\d{1,2}|una)" + PAST + LATE,
                "\\blas? (?<h>\\d{1,2})" + PAST,
                "\\b(?<h>\\d{1,2}):(?<m>\\d{2})\\b"),
            "mediodia",
            "medianoche",
            "tarde|noche"),
        Map.of(
            "toronto",
            "Toronto",
            "londres",
            "Londres",
            "paris",
            "París",
            "madrid",
            "Madrid",
            "berlin",
            "Berlín",
            "nueva york",
            "Nueva York",
            "ciudad de mexico",
            "Ciudad de México"),
        Map.of("hoy", "hoy", "manana", "mañana", "esta noche", "esta noche"),
        Pattern.compile("\\b(de|por) la (manana|noche)\\b"),
        Pattern.compile(
            "\\b(?:pon|reproduce|toca|escuchar) (?:algo de |un poco de |la |el )?(?:musica(?: de)?(?: |$))?(?<what>.+)?$"),
        REPLIES);
  }
}
