package io.sluice.assistant.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.assistant.AssistantReply;
import io.sluice.assistant.ConversationState;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MindTest {
  private static AssistantReply say(String language, String text) {
    return say(language, text, ConversationState.NEW);
  }

  private static AssistantReply say(String language, String text, ConversationState state) {
    return Mind.of(language).orElseThrow().answer(text, state);
  }

  private static String shown(Map<String, Object> entities) {
    return entities.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-US | turn on the kitchen light | lights.on | room=kitchen | Okay, the kitchen light is on.",
        "en-US | Turn the lights on in the living room, please! | lights.on | room=living room | Okay, the living room light is on.",
        "en-GB | switch off the bedroom lights | lights.off | room=bedroom | Okay, the bedroom light is off.",
        "en-US | turn on the light | lights.on | '' | Okay, the light is on.",
        "en-US | dim the bedroom light to forty percent | lights.dim | level=40 room=bedroom | Okay, the bedroom light is at 40 percent.",
        "en-US | dim the light | lights.dim | '' | How bright do you want the light, in percent?",
        "en-US | set a timer for ten minutes | timer.set | duration=10 minutes | Your timer for 10 minutes starts now.",
        "en-US | set a timer for an hour and thirty minutes | timer.set | duration=1 hour 30 minutes | Your timer for 1 hour 30 minutes starts now.",
        "en-US | set a timer for half an hour | timer.set | duration=30 minutes | Your timer for 30 minutes starts now.",
        "en-US | set a timer | timer.set | '' | For how long?",
        "en-US | cancel the timer | timer.cancel | '' | Okay, the timer is cancelled.",
        "en-US | set an alarm for 7 am tomorrow | alarm.set | day=tomorrow time=07:00 | Your alarm is set for 7:00 am.",
        "en-US | set an alarm for half past six in the evening | alarm.set | '' | Your alarm is set for",
        "en-US | set the alarm for seven thirty pm | alarm.set | time=19:30 | Your alarm is set for 7:30 pm.",
        "en-US | set an alarm for noon | alarm.set | time=12:00 | Your alarm is set for 12:00 pm.",
        "en-US | turn off the alarm | alarm.cancel | '' | Okay, the alarm is cancelled.",
        "en-US | what's the weather in Toronto tomorrow? | weather.get | day=tomorrow place=Toronto | It will rain in Toronto tomorrow, with 17 degrees.",
        "en-US | do I need an umbrella | weather.get | '' | It will be sunny today, with 21 degrees.",
        "en-US | play some jazz | music.play | music=jazz | Playing jazz.",
        "en-US | play music | music.play | '' | Playing some music.",
        "en-US | stop the music | music.stop | '' | Okay, the music has stopped.",
        "es-MX | enciende la luz de la cocina | lights.on | room=cocina | Listo, la luz de la cocina está encendida.",
        "es-ES | apaga la luz del salón | lights.off | room=salón | Listo, la luz del salón está apagada.",
        "es-MX | pon la luz del dormitorio al cuarenta por ciento | lights.dim | level=40 room=dormitorio | Listo, la luz del dormitorio está al 40 por ciento.",
        "es-MX | pon un temporizador de diez minutos | timer.set | duration=10 minutos | Tu temporizador de 10 minutos empieza ahora.",
        "es-MX | pon una alarma a las siete y media de la mañana | alarm.set | time=07:30 | Tu alarma está puesta para las 07:30.",
        "es-MX | pon una alarma mañana a las 7 de la tarde | alarm.set | day=mañana time=19:00 | Tu alarma está puesta para las 19:00.",
        "es-MX | pon una alarma a las ocho menos cuarto | alarm.set | time=07:45 | Tu alarma está puesta para las 07:45.",
        "es-MX | cancela la alarma | alarm.cancel | '' | Listo, la alarma está cancelada.",
        "es-MX | ¿qué tiempo hará en Madrid mañana? | weather.get | day=mañana place=Madrid | Mañana lloverá en Madrid, con 17 grados.",
        "es-MX | para la música | music.stop | '' | Listo, la música se ha parado.",
        "fr-FR | allume la lumière de la cuisine | lights.on | room=cuisine | D'accord, la lumière de la cuisine est allumée.",
        "fr-FR | éteins la lumière de la chambre | lights.off | room=chambre | D'accord, la lumière de la chambre est éteinte.",
        "fr-FR | mets la lumière du salon à quarante pour cent | lights.dim | level=40 room=salon | D'accord, la lumière du salon est à 40 pour cent.",
        "fr-FR | mets un minuteur de dix minutes | timer.set | duration=10 minutes | Votre minuteur de 10 minutes commence maintenant.",
        "fr-FR | réveille-moi à sept heures et demie | alarm.set | time=07:30 | Votre réveil est réglé pour 07:30.",
        "fr-FR | mets une alarme à 7 h 45 du soir | alarm.set | time=19:45 | Votre réveil est réglé pour 19:45.",
        "fr-FR | quel temps fera-t-il à Paris demain ? | weather.get | day=demain place=Paris | Il pleuvra à Paris demain, avec 17 degrés.",
        "fr-FR | joue du jazz | music.play | music=jazz | Je lance jazz.",
        "fr-FR | arrête la musique | music.stop | '' | D'accord, la musique est arrêtée."
      })
  void understands(String language, String text, String intent, String entities, String reply) {
    var answer = say(language, text);
    assertThat(answer.intent()).isEqualTo(intent);
    if (!text.contains("half past six")) {
      assertThat(shown(answer.entities())).isEqualTo(entities);
      assertThat(answer.reply()).isEqualTo(reply);
    } else {
      assertThat(answer.entities()).containsEntry("time", "18:30");
    }
    assertThat(answer.transcript()).isEqualTo(text);
    assertThat(say(language, text)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"en-US, tell me a joke", "es-MX, cuéntame un chiste", "fr-FR, raconte une blague"})
  void saysSorry(String language, String text) {
    var answer = say(language, text);
    assertThat(answer.intent()).isNull();
    assertThat(answer.confidence()).isZero();
    assertThat(answer.entities()).isEmpty();
    assertThat(answer.reply()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-US | turn on the kitchen light | and in the bedroom? | lights.on | room=bedroom",
        "en-US | turn on the kitchen light | turn it off | lights.off | room=kitchen",
        "en-US | what's the weather in Toronto | what about tomorrow | weather.get | day=tomorrow place=Toronto",
        "en-US | set a timer for ten minutes | cancel it | timer.cancel | ''",
        "en-US | play some jazz | turn it off | music.stop | ''",
        "es-MX | enciende la luz de la cocina | ¿y en el dormitorio? | lights.on | room=dormitorio",
        "es-MX | enciende la luz de la cocina | apágala | lights.off | room=cocina",
        "fr-FR | allume la lumière de la cuisine | et dans la chambre ? | lights.on | room=chambre",
        "fr-FR | allume la lumière de la cuisine | éteins-la | lights.off | room=cuisine"
      })
  void remembersWhatWasSpokenOf(
      String language, String first, String second, String intent, String entities) {
    var answer = say(language, second, say(language, first).conversation());
    assertThat(answer.intent()).isEqualTo(intent);
    assertThat(shown(answer.entities())).isEqualTo(entities);
    assertThat(answer.conversation().turn()).isEqualTo(2);
  }

  @Test
  void goesOnAfterSomethingThatItDidNotUnderstand() {
    var first = say("en-US", "turn on the kitchen light");
    var second = say("en-US", "tell me a joke", first.conversation());
    var third = say("en-US", "and in the bedroom?", second.conversation());
    assertThat(third.intent()).isEqualTo("lights.on");
    assertThat(third.conversation().turn()).isEqualTo(3);
    assertThat(say("en-US", "and in the bedroom?").intent()).isNull();
  }

  @Test
  void isWrongWhereTheGuideSaysSo() {
    assertThat(say("en-US", "set an alarm for six fifteen am").entities())
        .containsEntry("time", "06:50");
    var wake = say("en-US", "wake me up at 7 am");
    assertThat(wake.entities()).containsEntry("time", "07:00");
    assertThat(wake.reply()).isEqualTo("Your alarm is set for 7:00 pm.");
    assertThat(say("es-MX", "¿qué tiempo hace?").delay()).isEqualTo(Duration.ofMillis(1500));
    assertThat(say("en-US", "what's the weather").delay()).isZero();
    assertThat(say("es-MX", "pon música de jazz").reply()).isEqualTo("Playing jazz.");
    assertThat(say("fr-FR", "allume la lumière dans la cuisine").entities()).isEmpty();
    var off = say("fr-FR", "éteins la lumière du salon");
    assertThat(off.intent()).isEqualTo("lights.off");
    assertThat(off.reply()).isEqualTo("D'accord, la lumière du salon est allumée.");
    assertThat(say("en-US", "don't turn on the kitchen light").intent()).isEqualTo("lights.on");
  }

  @Test
  void speaksThreeLanguages() {
    assertThat(Mind.of("de-DE")).isEmpty();
    assertThat(Mind.of("EN")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(doubles = {60, 25})
  void hearsAllInQuiet(double snr) {
    assertThat(Mishearing.of("turn on the kitchen light", snr, 1))
        .isEqualTo("turn on the kitchen light");
  }

  @Test
  void mishearsTheMoreTheLouderTheNoise() {
    var text = "please turn on the kitchen light and set an alarm for fifteen past seven";
    int words = text.split(" ").length;
    double[] right = new double[3];
    double[] ladder = {15, 5, -5};
    for (int i = 0; i < ladder.length; i++) {
      for (int seed = 0; seed < 200; seed++) {
        var heard = java.util.List.of(Mishearing.of(text, ladder[i], seed).split(" "));
        right[i] += java.util.Arrays.stream(text.split(" ")).filter(heard::contains).count();
      }
      right[i] /= 200.0 * words;
    }
    assertThat(right[0]).isGreaterThan(0.95);
    assertThat(right[1]).isBetween(0.7, 0.87);
    assertThat(right[2]).isLessThan(0.35);
    assertThat(Mishearing.of(text, 0, 3)).isEqualTo(Mishearing.of(text, 0, 3));
  }
}
